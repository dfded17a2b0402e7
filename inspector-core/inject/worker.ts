/** `dist/inject/worker.js`: the hook of any worker, as a classic script. */
// First: what is alike lies nearer then, and gzip looks back 32 kB only.
import {inject} from './inject.js';
import {installInPage} from '../engine/page.js';
import {
  installInWorker,
  isServiceWorker,
  type WorkerScope,
} from '../engine/worker.js';
import type {ProfileName} from '../engine/profile/profile.js';
import type {RouteSetting} from '../protocol/protocol.js';
import {createSystemClock} from '../seams/system-clock.js';
import {complain} from './complain.js';
import {takeConditionsFactory} from './conditions-factory.js';
import {NEEDS_CONDITIONS, type InstalledEngine} from './engine.js';

const scope: object = globalThis;

try {
  inject({
    onLeaving: () => undefined,
    // A worker ends without a word: there is no time to close it before.
    follow: () => undefined,
    // The library form is loaded first, or it would not be of much use.
    timing: () => 'before-scripts',
    installEngine: (route, profile, file) =>
      isServiceWorker(scope)
        ? installUnderConditions(scope, route, profile, file)
        : installInPage({route, profile}),
  });
} catch {
  // A worker in which we cannot work must not notice that we tried.
}

function installUnderConditions(
  worker: WorkerScope,
  route: RouteSetting,
  profile: ProfileName,
  file: unknown,
): InstalledEngine {
  const clock = createSystemClock();
  const {scope: ofWorker} = worker.registration;
  const conditions = takeConditionsFactory()?.(clock, ofWorker, file);
  if (conditions === undefined && file !== undefined) {
    complain(NEEDS_CONDITIONS);
  }
  const options = {scope: worker, route, profile, clock};
  return conditions === undefined
    ? installInWorker(options)
    : {...installInWorker({...options, conditions}), conditions};
}
