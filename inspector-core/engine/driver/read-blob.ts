import type {BodyPlace, FetchStorage} from '../storage/fetch-storage.js';

/** A stored body as a Blob; part by part, for the browser may keep it on disk. */
export async function readBlob(
  storage: FetchStorage,
  place: BodyPlace,
  length: number | undefined,
): Promise<Blob | undefined> {
  if (length === undefined) return undefined;
  const parts: Blob[] = [];
  for (let position = 0; position < length;) {
    const part = await storage.readPart(place, position);
    if (part === undefined) throw new Error('A body is shorter than it was.');
    parts.push(new Blob([part.bytes]));
    position = part.from + part.bytes.length;
  }
  return new Blob(parts);
}
