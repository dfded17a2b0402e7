/** Asks for no more than a file of conditions can be. */
const LARGEST = 16_000_000;

/** What a file holds as JSON; throws an error whose message is a sentence. */
export async function readJson(file: File): Promise<unknown> {
  if (file.size > LARGEST) throw new Error('It is larger than 16 MB.');
  try {
    return JSON.parse(await file.text());
  } catch (error) {
    throw new Error('It is no JSON.', {cause: error});
  }
}

/** Hands a value to the user as a file. */
export function download(name: string, value: unknown): void {
  const text = JSON.stringify(value, undefined, 2);
  const url = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
