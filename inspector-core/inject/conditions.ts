/**
 * `dist/inject/conditions.js`: what a service worker's fetches can be under.
 * It comes before `worker.js`, which is as it was without it.
 */
import {
  Conditions,
  NEUTRAL,
  parseConditionsFile,
  type Settings,
} from '../conditions/conditions.js';
import {complain} from './complain.js';
import {
  CONDITIONS_FACTORY,
  type ConditionsFactory,
} from './conditions-factory.js';
import {createConditionsMemory} from './conditions-memory.js';

const create: ConditionsFactory = (clock, scope, file) =>
  new Conditions(clock, readSettings(file), createConditionsMemory(scope));

Reflect.defineProperty(globalThis, CONDITIONS_FACTORY, {
  value: create,
  configurable: true,
});

/** What is wrong with them is said in the log as well, once there is one. */
function readSettings(file: unknown): Settings {
  try {
    return file === undefined ? NEUTRAL : parseConditionsFile(file);
  } catch (error) {
    complain(error);
    return NEUTRAL;
  }
}
