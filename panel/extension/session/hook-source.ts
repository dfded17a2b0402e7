import {REALM_KEY} from '../../../inspector-core/bridge/bridge.js';

/** The two scripts of `dist/inject/`, as text that a debugger can evaluate. */
export interface HookSource {
  readonly page: string;
  readonly worker: {
    /** For a worker whose own scripts ran before. */
    readonly late: string;
    /** For a breakpoint's condition: false, and the hook is in. */
    readonly condition: string;
  };
}

/** Reads the scripts from the extension's own files. */
export async function loadHookSource(): Promise<HookSource> {
  const [page, worker] = await Promise.all([read('page'), read('worker')]);
  const hook = wrap(worker, {timing: 'before-scripts'});
  return {
    page: `${wrap(page, {})}\n${nameOf('page')}`,
    worker: {
      late: `${wrap(worker, {timing: 'late'})}\n${nameOf('worker')}`,
      condition: `globalThis[Symbol.for('${REALM_KEY}')] || ${hook}, false`,
    },
  };
}

const read = async (name: string): Promise<string> =>
  (await fetch(chrome.runtime.getURL(`inject/${name}.js`))).text();

/** Gives a script its options as a variable that only it can see. */
const wrap = (script: string, options: object): string => `(() => {
const bgfInspector = ${JSON.stringify({channel: 'debugger', ...options})};
${script}
})()`;

/** Tells a developer who reads a stack whose frames these are. */
const nameOf = (script: string): string =>
  `//# sourceURL=background-fetch-inspector/${script}.js`;
