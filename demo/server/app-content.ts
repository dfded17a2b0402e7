/** The app's own files: what the build made, with the library's tags if asked. */
import {readFile, stat} from 'node:fs/promises';
import {createHash} from 'node:crypto';
import {extname, join, resolve, sep} from 'node:path';
import {contentOf, type Content} from './content.js';

/** The library form of the inspector, put before the app's own code. */
export interface InjectedLibrary {
  /** Path of the script for the page, served as `/inject/page.js`. */
  readonly page: string;
  /** Path of the script for the worker, served as `/inject/worker.js`. */
  readonly worker: string;
  /** Path of the one before it, served as `/inject/conditions.js`. */
  readonly conditions?: string;
  /** What `globalThis.bgfInspector` is set to before either runs. */
  readonly options?: Readonly<Record<string, unknown>>;
}

const CONDITIONS = `'/inject/conditions.js'`;
const WORKER = `'/inject/worker.js'`;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

/** Reads a file below `directory`; undefined when there is no such file. */
export async function readFileContent(
  directory: string,
  pathname: string,
  library?: InjectedLibrary,
): Promise<Content | undefined> {
  const root = resolve(directory);
  let name: string;
  try {
    name = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (name.includes('\0')) return undefined;
  const path = join(root, name.endsWith('/') ? `${name}index.html` : name);
  // "/../secrets" must not leave the folder.
  if (!path.startsWith(root + sep)) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true) return undefined;
  const bytes = inject(await readFile(path), pathname, library);
  const digest = createHash('sha1').update(bytes).digest('base64url');
  return contentOf(bytes, {
    type: TYPES[extname(path)] ?? 'application/octet-stream',
    etag: `"${digest}"`,
    lastModified: found.mtime.toUTCString(),
  });
}

/**
 * The two lines that someone who uses the library writes by hand; the app's
 * files stay as they are, because they must work without it too.
 */
function inject(
  bytes: Buffer,
  pathname: string,
  library: InjectedLibrary | undefined,
): Buffer {
  if (library === undefined) return bytes;
  const options =
    library.options === undefined
      ? ''
      : `globalThis.bgfInspector=${JSON.stringify(library.options).replaceAll('<', '\\u003c')};`;
  if (pathname === '/service-worker.js') {
    const scripts = library.conditions === undefined ? [] : [CONDITIONS];
    const head = `${options}importScripts(${[...scripts, WORKER].join()});\n`;
    return Buffer.concat([Buffer.from(head), bytes]);
  }
  if (!pathname.endsWith('/') && !pathname.endsWith('.html')) return bytes;
  const setting = options === '' ? '' : `<script>${options}</script>`;
  return Buffer.from(
    bytes
      .toString()
      .replace(
        /<head[^>]*>/i,
        (head) => `${head}${setting}<script src="/inject/page.js"></script>`,
      ),
  );
}
