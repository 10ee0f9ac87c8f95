/** One way to talk to our own server; a problem comes back as its sentence. */
export async function ask<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(path, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
    credentials: 'same-origin',
  });
  const told = (await answer.json()) as T & { title?: string; detail?: string };
  if (!answer.ok) throw new Error(told.detail ?? told.title ?? `${answer.status}`);
  return told;
}
