/** A dedicated or shared worker that answers with what its hooks saw. */
import {
  describeRealm,
  installHooks,
  now,
} from '../../inspector-core/hooks/hooks.js';
import {RealmLog} from '../../inspector-core/log/log.js';

const log = new RealmLog({now});
const source = describeRealm(globalThis);
installHooks({scope: globalThis, log, source, timing: 'before-scripts'});

const answer = (): unknown => ({
  source,
  entries: log.read(0, Infinity).entries,
});

self.addEventListener('connect', (event) => {
  (event as MessageEvent).ports[0]?.postMessage(answer());
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker
if (source.kind === 'dedicated-worker') self.postMessage(answer());
