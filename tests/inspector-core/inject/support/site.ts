/** A page and a service worker of which the injected scripts are the first. */
import type {Engine} from '../../../../inspector-core/engine/engine.js';
import type {ConsoleConditions} from '../../../../inspector-core/inject/console-conditions.js';
import type {BackgroundFetchManager} from '../../../../inspector-core/platform/background-fetch.js';
import {inject, openFrame, type RealmWindow} from '../../../support/frames.js';
import {until} from '../../engine/support/scripted.js';
import * as otherScripts from './other-scripts.js';

const WORKER = '/classic/tests/inspector-core/inject/support/routed-worker.js';

/** What the worker told of an event. */
export interface Report {
  readonly ended: string;
  readonly name: string;
  readonly isEvent: boolean;
  readonly isRegistration: boolean;
  readonly canBeRemade: boolean;
  readonly sizes: readonly number[];
}

export interface Site {
  readonly window: RealmWindow;
  readonly manager: BackgroundFetchManager;
  readonly engine: Engine | undefined;
  readonly scope: string;
  /** What a script, or the console, has. */
  readonly conditions: ConsoleConditions;
  /** Resolves once the worker has had an event of this fetch. */
  ended(id: string, name?: string): Promise<Report>;
}

let undo: (() => unknown)[] = [];

/** What other scripts do to both of them. */
export type Others = readonly (keyof typeof otherScripts)[];

/** A page, and a worker, whose first scripts are the injected ones. */
export async function openSite(
  route?: string,
  others: Others = [],
): Promise<Site> {
  const scope = `/routes-${Date.now()}-${Math.random()}/`;
  const {window} = await openFrame({src: `${scope}blank.html`});
  const {forbidStorage, replacePromise, replaceGlobals} = otherScripts;
  if (others.includes('forbidStorage')) forbidStorage(window);
  if (others.includes('replacePromise')) replacePromise(window);
  await inject(window, {route});
  if (others.includes('replaceGlobals')) replaceGlobals(window);
  const {serviceWorker} = window.navigator;
  const reports: Report[] = [];
  serviceWorker.addEventListener('message', ({data}: MessageEvent<Report>) => {
    reports.push(data);
  });
  serviceWorker.startMessages();
  const query = new URLSearchParams(others.map((each) => [each, '']));
  if (route !== undefined) query.set('route', route);
  const registration = await serviceWorker.register(`${WORKER}?${query}`, {
    scope,
  });
  undo.push(() => registration.unregister());
  await serviceWorker.ready;
  return {
    window,
    scope: registration.scope,
    conditions: Reflect.get(
      Object(Reflect.get(window, 'bgfInspector')),
      'conditions',
    ) as ConsoleConditions,
    manager: Reflect.get(
      registration,
      'backgroundFetch',
    ) as BackgroundFetchManager,
    engine: Reflect.get(window, Symbol.for('background-fetch-engine')) as
      Engine | undefined,
    ended: async (id, wanted) => {
      const find = (): Report | undefined =>
        reports.find(
          ({ended, name}) => ended === id && (wanted ?? name) === name,
        );
      await until(() => find() !== undefined);
      const report = find();
      if (report === undefined) throw new Error('There is no report.');
      return report;
    },
  };
}

/** What a promise is rejected with, be it an error of a site's own realm. */
export const rejection = (promise: Promise<unknown>): Promise<string> =>
  promise.then(() => 'fulfilled', String);

/** Ends all sites. */
export async function closeSites(): Promise<void> {
  await Promise.all(undo.map((step) => step()));
  undo = [];
  document.querySelectorAll('iframe').forEach((frame) => frame.remove());
}
