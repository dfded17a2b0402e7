/**
 * A service worker whose own script comes as text in its URL, after the hooks or
 * without them. Further scripts can be run in it, and answer with their result.
 */
import {hookRealm, type HookedRealm} from './hook-realm.js';

const query = new URLSearchParams(location.search);
const notes: unknown[] = [];
let hooked: HookedRealm | undefined =
  query.get('hooks') === 'yes' ? hookRealm('before-scripts') : undefined;

const kit = {
  note: (value: unknown): void => void notes.push(value),
  notes,
  entries: () => hooked?.entries() ?? [],
  hook: (): void => {
    hooked = hookRealm('late');
  },
  uninstall: () => hooked?.uninstall(),
};

function run(script: string, argument: unknown): unknown {
  // The test's function, as text: a worker cannot be given the function itself.
  // oxlint-disable-next-line no-implied-eval
  const make = new Function(`return ${script}`) as () => (
    scope: unknown,
    support: typeof kit,
    argument: unknown,
  ) => unknown;
  return make()(self, kit, argument);
}

self.addEventListener('message', ({data, ports}: MessageEvent) => {
  const {script, argument} = data as {script: string; argument: unknown};
  const answer = async (): Promise<unknown> => {
    try {
      return {value: await run(script, argument)};
    } catch (error) {
      return {error: String(error)};
    }
  };
  void answer().then((message) => ports[0]?.postMessage(message));
});

run(query.get('script') ?? '() => {}', undefined);
