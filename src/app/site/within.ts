/** A place of this site only: "//evil.example" and "\\evil" are none, as a browser reads them. */
export function within(back: string): string {
  const here = 'http://here.invalid';
  const url = URL.parse(back, here);
  return url?.origin === here ? `${url.pathname}${url.search}` : '/';
}
