/** A realm that tells which URLs its policy forbids; see `askRealm`. */
import {createFindForbiddenUrls} from '../../../../inspector-core/engine/surface/find-forbidden-urls.js';

const find = createFindForbiddenUrls(globalThis);

globalThis.addEventListener('message', (event) => {
  const {data, ports} = event as MessageEvent<{find?: readonly string[]}>;
  if (data.find === undefined) return;
  void find(data.find).then((forbidden) => {
    ports[0]?.postMessage([...forbidden]);
  });
});
