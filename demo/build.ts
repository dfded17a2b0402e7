import {fileURLToPath} from 'node:url';
import {build} from 'vite';

/** Builds the podcast app into `dist/demo/`: an ES module and a classic worker. */
export async function buildDemo(): Promise<void> {
  const outDir = fromHere('../dist/demo');
  await build({
    configFile: false,
    logLevel: 'warn',
    root: fromHere('app'),
    base: './',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: true,
      target: 'es2022',
      sourcemap: true,
      modulePreload: {polyfill: false},
      rolldownOptions: {
        output: {
          // The worker keeps the shell by these names.
          entryFileNames: 'app.js',
          assetFileNames: 'app[extname]',
        },
      },
    },
  });
  await build({
    configFile: false,
    logLevel: 'warn',
    root: fromHere('service-worker'),
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      target: 'es2022',
      sourcemap: true,
      // The demo is there to be read in DevTools too.
      minify: false,
      rolldownOptions: {
        input: {'service-worker': fromHere('service-worker/service-worker.ts')},
        output: {
          format: 'iife',
          entryFileNames: '[name].js',
          codeSplitting: false,
        },
      },
    },
  });
}

function fromHere(path: string): string {
  return fileURLToPath(new URL(path, import.meta.url));
}
