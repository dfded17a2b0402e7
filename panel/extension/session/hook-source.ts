/** The two scripts of `dist/inject/`, as text that a debugger can evaluate. */
export interface HookSource {
  readonly page: string;
  /** `late`: the worker's own script ran before. */
  readonly worker: Readonly<Record<'before-scripts' | 'late', string>>;
}

/** Reads the scripts from the extension's own files. */
export async function loadHookSource(): Promise<HookSource> {
  const [page, worker] = await Promise.all(
    ['page', 'worker'].map(async (name) => {
      const url = chrome.runtime.getURL(`inject/${name}.js`);
      return (await fetch(url)).text();
    }),
  );
  return {
    page: wrap('page', page, {channel: 'debugger'}),
    worker: {
      'before-scripts': wrap('worker', worker, {
        channel: 'debugger',
        timing: 'before-scripts',
      }),
      late: wrap('worker', worker, {channel: 'debugger', timing: 'late'}),
    },
  };
}

/**
 * Gives a script its options as a variable that only it can see. The name in
 * stacks tells a developer whose frames these are.
 */
function wrap(name: string, script = '', options: object): string {
  return `(() => {
const bgfInspector = ${JSON.stringify(options)};
${script}
})();
//# sourceURL=background-fetch-inspector/${name}.js`;
}
