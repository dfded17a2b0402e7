/** A page that can be asked whether the engine is used in its origin. */
import {isEngineUsed} from '../../../../inspector-core/engine/storage/is-used.js';

Reflect.set(globalThis, 'isEngineUsed', isEngineUsed);
