/** What the app answers when there is no network: itself, and kept episodes. */

/** Filled by the page's downloads. */
export const EPISODES_CACHE = 'episodes';
const SHELL_CACHE = 'shell';
const SHELL = ['/', '/app.js', '/app.css', '/catalogue.json'];

/** Fetches the app's own files, for the next start without a network. */
export async function keepShell(): Promise<void> {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll(SHELL);
}

/** The answer to a page's request, or undefined to let the browser do it. */
export function respond(request: Request): Promise<Response> | undefined {
  if (request.method !== 'GET') return undefined;
  const {origin, pathname} = new URL(request.url);
  if (origin !== location.origin) return undefined;
  if (/^\/(episodes|artwork)\//.test(pathname)) return fromEpisodes(request);
  // Only what was kept is answered: test pages and resources are not ours.
  return SHELL.includes(pathname) ? fromNetworkFirst(request) : undefined;
}

async function fromEpisodes(request: Request): Promise<Response> {
  const cache = await caches.open(EPISODES_CACHE);
  const kept = await cache.match(request.url);
  if (kept === undefined) return fetch(request);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.get('range') ?? '');
  return range === null ? kept : cut(kept, range[1], range[2]);
}

/**
 * A cache answers a Range request with the whole file, and a media element
 * that cannot seek in it gives up: the part is cut here.
 */
async function cut(
  whole: Response,
  from: string | undefined,
  to: string | undefined,
): Promise<Response> {
  const body = await whole.blob();
  const first = Number(from);
  const end = to === undefined || to === '' ? body.size : Number(to) + 1;
  if (first >= body.size) {
    const headers = {'content-range': `bytes */${body.size}`};
    return new Response(undefined, {status: 416, headers});
  }
  const part = body.slice(first, end);
  return new Response(part, {
    status: 206,
    headers: {
      'content-type': whole.headers.get('content-type') ?? '',
      'content-length': String(part.size),
      'content-range': `bytes ${first}-${first + part.size - 1}/${body.size}`,
    },
  });
}

async function fromNetworkFirst(request: Request): Promise<Response> {
  const cache = await caches.open(SHELL_CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request, response.clone());
    return response;
  } catch (error) {
    const kept = await cache.match(request);
    if (kept === undefined) throw error;
    return kept;
  }
}
