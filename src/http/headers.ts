/** What every answer carries, so that a browser does nothing but show it (ASVS 5.0 V3.4). */
export interface PageScripts {
  /** SHA-256 of inline styles, as `'sha256-…'`; nothing inline is allowed without. */
  readonly styles?: readonly string[];
  /** Pages without script forbid script altogether. */
  readonly scripts?: boolean;
}

export function contentPolicy(page: PageScripts): string {
  const styles = page.styles?.length ? page.styles.join(' ') : "'none'";
  return [
    "default-src 'none'",
    `style-src 'self'${page.styles?.length ? ` ${styles}` : ''}`,
    page.scripts === true ? "script-src 'self'" : "script-src 'none'",
    page.scripts === true ? "connect-src 'self'" : "connect-src 'none'",
    "img-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    page.scripts === true ? 'trusted-types gestand' : "trusted-types 'none'",
  ].join('; ');
}

export function secure(headers: Headers, options: { readonly https: boolean }): void {
  const set = (name: string, value: string): void => {
    if (!headers.has(name)) headers.set(name, value);
  };
  set('content-security-policy', contentPolicy({}));
  set('x-content-type-options', 'nosniff');
  set('x-frame-options', 'DENY');
  // Nobody else learns from where one came; we do, to lead back there whoever had to confirm first.
  set('referrer-policy', 'same-origin');
  set('cross-origin-opener-policy', 'same-origin');
  set('cross-origin-resource-policy', 'same-origin');
  set(
    'permissions-policy',
    'camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)',
  );
  set('cache-control', 'no-store');
  if (options.https) set('strict-transport-security', 'max-age=63072000; includeSubDomains');
}
