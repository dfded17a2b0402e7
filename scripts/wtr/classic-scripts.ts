import {fileURLToPath} from 'node:url';
import type {TestRunnerPlugin} from '@web/test-runner';
import {rolldown} from 'rolldown';
import {captureGlobals} from '../captured-globals.js';

const fromRoot = (path: string): string =>
  fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Bundles the TypeScript at `<path>.ts` into one classic script. */
export async function bundleClassicScript(path: string): Promise<string> {
  const bundle = await rolldown({
    input: fromRoot(`${path}.ts`),
    tsconfig: fromRoot('tsconfig.json'),
  });
  const {output} = await bundle.generate({
    format: 'iife',
    codeSplitting: false,
    // As those that are built, which run beside other people's.
    intro: path.startsWith('inspector-core/inject/') ? captureGlobals() : '',
  });
  await bundle.close();
  return output[0].code;
}

/**
 * Serves `/classic/<path>.js` as one classic script, bundled from the
 * TypeScript at `<path>.ts`: what a service worker is most often registered
 * with, and the only form in which a script tag runs before the parser goes on.
 */
export const classicScripts: TestRunnerPlugin = {
  name: 'classic-scripts',
  async serve(context) {
    const path = /^\/classic\/([\w/-]+)\.js$/.exec(context.path)?.[1];
    if (path === undefined) return undefined;
    // So that a worker's scope may be anywhere on this origin.
    context.set('Service-Worker-Allowed', '/');
    context.set('Cache-Control', 'no-store');
    return {body: await bundleClassicScript(path), type: 'js'};
  },
};
