/** Groups a stream, so that a look at another system serves many items at once. The last group may be smaller. */
export async function* chunks<T>(items: AsyncIterable<T>, size: number): AsyncIterable<T[]> {
  let part: T[] = [];
  for await (const item of items) {
    part.push(item);
    if (part.length < size) continue;
    yield part;
    part = [];
  }
  if (part.length > 0) yield part;
}
