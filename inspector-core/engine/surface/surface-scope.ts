import type {Backend} from './backend.js';
import type {Instances} from './instances.js';

/** A realm that is given the API. */
export interface SurfaceScope {
  /** Not every realm that may have the interfaces has a way to use them. */
  readonly ServiceWorkerRegistration?: {
    readonly prototype: ServiceWorkerRegistration;
  };
}

export interface SurfaceBackend {
  readonly backend: Backend;
  readonly instances: Instances;
}

/** What of the API a realm has of the browser's own. */
export interface NativeInterfaces {
  readonly BackgroundFetchManager: NativeInterface;
  readonly BackgroundFetchRecord: NativeInterface;
  readonly BackgroundFetchRegistration: NativeInterface;
}

export type NativeInterface = new (...args: never[]) => object;

/** The browser's own API; undefined where it is not there as a whole. */
export function findNative(scope: SurfaceScope): NativeInterfaces | undefined {
  return isNative(scope) ? scope : undefined;
}

function isNative(
  scope: SurfaceScope,
): scope is SurfaceScope & NativeInterfaces {
  const {ServiceWorkerRegistration: Registration} = scope;
  return (
    Registration !== undefined &&
    'backgroundFetch' in Registration.prototype &&
    [
      'BackgroundFetchManager',
      'BackgroundFetchRecord',
      'BackgroundFetchRegistration',
    ].every((name) => typeof Reflect.get(scope, name) === 'function')
  );
}
