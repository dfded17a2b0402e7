/**
 * Builds everything that is run or shipped, into `dist/`. The folder names are
 * relied on by other tools: see ARCHITECTURE.md.
 */
import {cp, mkdir} from 'node:fs/promises';
import {resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {build, type InlineConfig} from 'vite';
import {buildDemo} from '../demo/build.js';
import {captureGlobals} from './captured-globals.js';
import {bin, runCommand} from './run-command.js';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

const at = (path: string): string => resolve(ROOT, path);

const SHARED = {
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
} as const satisfies InlineConfig;

/** One classic script that needs nothing else. */
async function buildScript(
  input: string,
  outDir: string,
  around: Partial<Record<'banner' | 'intro' | 'footer', string>> = {},
): Promise<void> {
  await build({
    ...SHARED,
    build: {
      outDir: at(outDir),
      emptyOutDir: false,
      target: 'es2022',
      // Named nowhere in the script: the inspected site would be asked for it.
      sourcemap: 'hidden',
      rolldownOptions: {
        input: at(input),
        output: {
          format: 'iife',
          entryFileNames: '[name].js',
          codeSplitting: false,
          ...around,
        },
      },
    },
  });
}

/**
 * A script that is to run in other people's pages. Not even its first lines,
 * which take hold of the platform, may throw into them.
 */
export const buildInjected = (input: string, outDir: string): Promise<void> =>
  buildScript(input, outDir, {
    banner: 'try{',
    intro: captureGlobals(),
    footer: '}catch{}',
  });

/** `dist/inject/`: the hooks as classic scripts that install themselves. */
export async function buildInject(): Promise<void> {
  for (const name of ['conditions', 'page', 'worker']) {
    await buildInjected(`inspector-core/inject/${name}.ts`, 'dist/inject');
  }
}

/** `dist/lib/`: the same as modules, for `import` in an app of one's own. */
export async function buildLib(): Promise<void> {
  await build({
    ...SHARED,
    build: {
      outDir: at('dist/lib'),
      emptyOutDir: true,
      target: 'es2022',
      // An app's own bundler does it; and Node shows the line that threw.
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        // Or what is exported is dropped, as of a page's script.
        preserveEntrySignatures: 'exports-only',
        input: {
          page: at('inspector-core/inject/page.ts'),
          worker: at('inspector-core/inject/worker-under-conditions.ts'),
          conditions: at('inspector-core/conditions/conditions.ts'),
        },
        output: {
          entryFileNames: '[name].js',
          chunkFileNames: '[name].js',
          intro: captureGlobals(),
        },
      },
    },
  });
  // What tests of an app import is written in TypeScript more often than not.
  const code = await runCommand(bin('tsc'), ['-p', at('tsconfig.lib.json')]);
  if (code !== 0) throw new Error('The types of dist/lib were not made.');
}

/** HTML pages with their modules; `base` is relative, so any folder will do. */
async function buildPages(
  root: string,
  outDir: string,
  pages: readonly string[],
): Promise<void> {
  await build({
    ...SHARED,
    root: at(root),
    base: './',
    build: {
      outDir: at(outDir),
      emptyOutDir: true,
      target: 'es2022',
      sourcemap: true,
      modulePreload: {polyfill: false},
      rolldownOptions: {
        input: Object.fromEntries(
          pages.map((page) => [page, at(`${root}/${page}.html`)]),
        ),
      },
    },
  });
}

/** `dist/panel/`: the panel as a page of its own, for any browser. */
export async function buildPanel(): Promise<void> {
  await buildPages('panel/standalone', 'dist/panel', ['index']);
}

/** `dist/extension/`: the unpacked extension. Needs `dist/inject/`. */
export async function buildExtension(): Promise<void> {
  await buildPages('panel/extension', 'dist/extension', ['devtools', 'panel']);
  await buildScript('panel/extension/background.ts', 'dist/extension');
  await cp(at('manifest.json'), at('dist/extension/manifest.json'));
  await cp(at('panel/extension/icons'), at('dist/extension/icons'), {
    recursive: true,
  });
  await mkdir(at('dist/extension/inject'), {recursive: true});
  for (const name of ['conditions.js', 'page.js', 'worker.js']) {
    await cp(at(`dist/inject/${name}`), at(`dist/extension/inject/${name}`));
  }
}

/** Everything, in the order in which one part needs the other. */
export async function buildAll(): Promise<void> {
  await buildInject();
  await buildLib();
  await buildExtension();
  await buildPanel();
  await buildDemo();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const began = performance.now();
  await buildAll();
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`Built dist/ in ${seconds} s`);
}
