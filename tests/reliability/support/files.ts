import {createHash} from 'node:crypto';
import {createRandomContent} from '../../../demo/server/random-content.js';
import type {Content} from '../../../demo/server/content.js';

export const MEBIBYTE = 2 ** 20;

/** A record's file, and how its server behaves. */
export interface ServedFile {
  /** Of another site, if it is not the page's own. */
  readonly origin?: string;
  readonly id: string;
  readonly record: number;
  readonly size: number;
  /** Bytes a second. */
  readonly rate?: number;
  /** The first attempts are cut after so many bytes. */
  readonly drop?: number;
  readonly drops?: number;
}

/** Where it is found; the query is what the demo's server understands. */
export function urlOf({
  origin = '',
  id,
  record,
  ...faults
}: ServedFile): string {
  const query = new URLSearchParams({id, record: `${record}`});
  for (const [name, value] of Object.entries(faults)) {
    query.set(name, `${value}`);
  }
  return `${origin}/file?${query}`;
}

/** Random bytes, different in each file and each mebibyte. */
export function contentOf(url: URL): Content {
  const {searchParams} = url;
  const name = `${searchParams.get('id')} ${searchParams.get('record')}`;
  return createRandomContent(name, Number(searchParams.get('size')), {
    type: 'application/octet-stream',
    etag: `"${name.replaceAll(' ', '-')}"`,
  });
}

/** SHA-256 of what is served, in hexadecimal. */
export function hashOf(url: URL): string {
  const content = contentOf(url);
  const hash = createHash('sha256');
  for (const slice of content.slices(0, content.size)) hash.update(slice);
  return hash.digest('hex');
}
