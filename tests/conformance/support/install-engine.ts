/**
 * The engine, in the realm that this script runs in: the one file that knows how
 * it gets there.
 */
import {installInPage} from '../../../inspector-core/engine/page.js';
import {
  installInWorker,
  type WorkerScope,
} from '../../../inspector-core/engine/worker.js';

if ('ServiceWorkerGlobalScope' in globalThis) {
  installInWorker({scope: globalThis as unknown as WorkerScope});
} else {
  installInPage();
}
