/**
 * A service worker that loads the injected scripts that its URL names, after the
 * options in it, and tells what it was told.
 */
const query = new URLSearchParams(location.search);
const told: string[] = [];
console.warn = (text: string): void => void told.push(text);
Reflect.set(
  globalThis,
  'bgfInspector',
  JSON.parse(query.get('options') ?? '{}'),
);
const {importScripts} = globalThis as unknown as {
  readonly importScripts: (url: string) => void;
};
for (const name of query.getAll('script')) {
  importScripts(`/classic/inspector-core/inject/${name}.js`);
}

/** What the page gets for any message. */
export interface Told {
  readonly told: readonly string[];
  /** Whether fetches can run here. */
  readonly hasEngine: boolean;
}

addEventListener('message', ({ports}) => {
  const engine: unknown = Reflect.get(
    globalThis,
    Symbol.for('background-fetch-engine'),
  );
  const hasEngine = Reflect.has(Object(engine) as object, 'worker');
  ports[0]?.postMessage({told, hasEngine} satisfies Told);
});
