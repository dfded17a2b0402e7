import {expect} from '@esm-bundle/chai';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import {createManager} from '../../../../inspector-core/engine/surface/background-fetch-manager.js';
import {defineEvents} from '../../../../inspector-core/engine/surface/events.js';
import {createPatches} from '../../../../inspector-core/platform/patch.js';
import {graftMember} from '../../../../inspector-core/engine/surface/graft.js';
import {Instances} from '../../../../inspector-core/engine/surface/instances.js';
import {
  createLocalBackend,
  describeJob,
} from '../../../../inspector-core/engine/surface/local-backend.js';
import type {Workers} from './workers.js';

/** A manager as a realm has it, with the engine in the same realm. */
export function makeManager(workers: Workers) {
  const target = new EventTarget();
  // Pages have no ExtendableEvent: this stands for it.
  class ExtendableEvent extends Event {}
  const events = defineEvents(ExtendableEvent);
  const value: unknown = events.waitUntil;
  const patches = createPatches(() => expect.fail('Nothing is frozen.'));
  const {prototype} = ExtendableEvent;
  graftMember(patches, prototype, 'waitUntil', {value}, events.isOwn);
  const {fetches} = workers.start({
    dispatch: (name, job) =>
      events.fire({
        target,
        name,
        registration: instances.get(describeJob(job)),
        updateUI: (options) => workers.storage.update(job.stored.key, options),
      }),
  });
  const backend = createLocalBackend({
    fetches,
    storage: workers.storage,
    clock: workers.seams.clock,
    random: createDice(1).stream('engine'),
  });
  const instances = new Instances(backend);
  const manager = createManager({backend, instances});
  return {manager, target, events};
}
