import {basename, dirname} from 'node:path';
import {readFileContent, type InjectedLibrary} from './app-content.js';
import {drawArtwork} from './artwork.js';
import {synthesise} from './audio.js';
import {contentOf, type Content} from './content.js';
import {episodes} from './episodes.js';
import {respond, sendJson, sendText, type Exchange} from './exchange.js';
import {parseBytes} from './faults.js';
import {createRandomContent} from './random-content.js';
import type {RequestLog} from './request-log.js';
import {corsHeaders, sendContent} from './send-content.js';
import {receiveUpload} from './upload.js';

/** Where the server finds what it serves, and what it tells the app. */
export interface Site {
  readonly app: string;
  readonly panel: string;
  readonly library: InjectedLibrary | undefined;
  readonly requests: RequestLog;
  /** The origin of the second port; known once that listens. */
  readonly crossOrigin: () => string;
}

/** When what the server makes itself was "last changed". */
const MADE = 'Sun, 01 Nov 2026 04:00:00 GMT';

/** Answers one request. */
export async function route(exchange: Exchange, site: Site): Promise<void> {
  const {request, url} = exchange;
  const {pathname, searchParams} = url;
  if (request.method === 'OPTIONS') {
    const cors = searchParams.get('cors') === '1';
    respond(exchange, cors ? 204 : 403, corsHeaders(exchange, {cors}));
    exchange.response.end();
    return;
  }
  if (pathname === '/__requests') {
    if (request.method === 'DELETE') site.requests.clear();
    sendJson(exchange, site.requests.entries);
    return;
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    await receiveUpload(exchange);
    return;
  }
  if (pathname === '/redirect') {
    respond(exchange, Number(searchParams.get('code') ?? 302), {
      ...corsHeaders(exchange, {cors: searchParams.get('cors') === '1'}),
      location: searchParams.get('to') ?? '/',
      'content-length': 0,
    });
    exchange.response.end();
    return;
  }
  if (pathname === '/catalogue.json') {
    sendJson(exchange, {
      crossOrigin: site.crossOrigin(),
      episodes: episodes.map((episode) => ({
        ...episode,
        artworkBytes: Buffer.byteLength(drawArtwork(episode)),
      })),
    });
    return;
  }
  const content = await findContent(url, site);
  if (content === undefined) sendText(exchange, 404, 'Not Found\n');
  else await sendContent(exchange, content);
}

async function findContent(
  {pathname, searchParams}: URL,
  site: Site,
): Promise<Content | undefined> {
  if (pathname === '/resource') {
    const name = searchParams.get('id') ?? '';
    const size = parseBytes(searchParams.get('size')) ?? 1000;
    return createRandomContent(name, size, {
      type: searchParams.get('type') ?? 'application/octet-stream',
      etag: `"${encodeURIComponent(name)}-${size}"`,
      lastModified: MADE,
    });
  }
  const [, folder, file = ''] = pathname.split('/');
  const {library} = site;
  switch (folder) {
    case 'episodes':
      return findAudio(basename(file, '.wav'));
    case 'artwork':
      return findArtwork(basename(file, '.svg'));
    case 'panel':
      return readFileContent(site.panel, pathname.slice('/panel'.length));
    case 'inject':
      if (library === undefined) return undefined;
      if (file === 'conditions.js' && library.conditions !== undefined) {
        return readScript(library.conditions);
      }
      return readScript(file === 'page.js' ? library.page : library.worker);
    default:
      return readFileContent(site.app, pathname, library);
  }
}

async function readScript(path: string): Promise<Content | undefined> {
  return readFileContent(dirname(path), `/${basename(path)}`);
}

// One process may start many servers, and the music is always the same.
const audio = new Map<string, Content>();

/** Makes every episode now, so that no request has to wait for one. */
export function prepareAudio(): void {
  for (const {slug} of episodes) findAudio(slug);
}

function findAudio(slug: string): Content | undefined {
  const made = audio.get(slug);
  if (made !== undefined) return made;
  const episode = episodes.find((candidate) => candidate.slug === slug);
  if (episode === undefined) return undefined;
  const content = contentOf(synthesise(episode), {
    type: 'audio/wav',
    etag: `"${slug}-1"`,
    lastModified: MADE,
  });
  audio.set(slug, content);
  return content;
}

function findArtwork(slug: string): Content | undefined {
  const episode = episodes.find((candidate) => candidate.slug === slug);
  if (episode === undefined) return undefined;
  return contentOf(Buffer.from(drawArtwork(episode)), {
    type: 'image/svg+xml',
    etag: `"${slug}-artwork-1"`,
    lastModified: MADE,
  });
}
