import type {Frame, Page} from 'puppeteer-core';
import type {FetchState} from '../../../inspector-core/projections/fetch-state.js';
import type {InspectorState} from '../../../inspector-core/projections/state.js';
import type {
  CommandResult,
  Fact,
  FactOf,
  FactType,
  InspectorCommand,
  LogEntry,
} from '../../../inspector-core/protocol/protocol.js';
import type {Session} from '../../../panel/extension/session/session.js';
import {eventually, type EventuallyOptions} from './eventually.js';

/** What the DevTools page of the extension has on its global. */
interface DevToolsGlobal {
  readonly bgfSession?: Session;
}

/** DevTools' own module, from its own bundle. */
interface LegacyModule {
  readonly ViewManager: {
    readonly ViewManager: {
      instance(): {showView(id: string): Promise<void>};
    };
  };
}

/** One open DevTools window with our extension in it. */
export class Inspector {
  /** DevTools itself: what a user sees and what can be photographed. */
  readonly devtools: Page;
  readonly #frame: Frame;

  private constructor(devtools: Page, frame: Frame) {
    this.devtools = devtools;
    this.#frame = frame;
  }

  static async open(page: Page): Promise<Inspector> {
    const devtools = await page.openDevTools();
    const isReady = (frame: Frame): Promise<boolean> =>
      frame
        .evaluate(() => (globalThis as DevToolsGlobal).bgfSession !== undefined)
        .catch(() => false);
    const frame = await eventually(
      async () => {
        const found = devtools
          .frames()
          .find((candidate) => candidate.url().endsWith('/devtools.html'));
        return found !== undefined && (await isReady(found))
          ? found
          : undefined;
      },
      (found) => found !== undefined,
      {what: 'the DevTools page of the extension'},
    );
    if (frame === undefined) throw new Error('unreachable');
    return new Inspector(devtools, frame);
  }

  /** Brings our tab to the front, as a click on it does. */
  async showPanel(): Promise<Frame> {
    const {host} = new URL(this.#frame.url());
    // DevTools' name for it: the extension, and the title without its spaces.
    const view = `chrome-extension://${host}BackgroundFetch`;
    const panel = await eventually(
      async () => {
        // Until DevTools knows the panel, it only warns that it does not.
        await this.devtools.evaluate(async (id) => {
          const path = './ui/legacy/legacy.js';
          const {ViewManager} = (await import(path)) as LegacyModule;
          await ViewManager.ViewManager.instance().showView(id);
        }, view);
        return this.devtools
          .frames()
          .find((frame) => frame.url().endsWith('/panel.html'));
      },
      (frame) => frame !== undefined,
      {what: 'the panel'},
    );
    if (panel === undefined) throw new Error('unreachable');
    return panel;
  }

  async execute(command: InspectorCommand): Promise<CommandResult> {
    return this.#frame.evaluate(async (wanted) => {
      const {bgfSession} = globalThis as DevToolsGlobal;
      if (bgfSession === undefined) throw new Error('no session');
      return bgfSession.execute(wanted);
    }, command);
  }

  /** Runs in the DevTools page, which has the extension's rights. */
  get frame(): Frame {
    return this.#frame;
  }

  /** The whole log, as the JSON that a recording would hold. */
  async entries(): Promise<readonly LogEntry[]> {
    const text = await this.#frame.evaluate(() => {
      const {bgfSession} = globalThis as DevToolsGlobal;
      return JSON.stringify(bgfSession?.log.slice(0) ?? []);
    });
    return JSON.parse(text) as readonly LogEntry[];
  }

  /** All fetches as the panel has them, oldest first. */
  async fetches(): Promise<readonly FetchState[]> {
    const text = await this.#frame.evaluate(() => {
      const {bgfSession} = globalThis as DevToolsGlobal;
      const all = bgfSession?.store.state.fetches.all.values() ?? [];
      return JSON.stringify([...all]);
    });
    return JSON.parse(text) as readonly FetchState[];
  }

  async entriesOf<T extends FactType>(
    type: T,
  ): Promise<readonly LogEntry<FactOf<T>>[]> {
    return (await this.entries()).filter(
      (entry): entry is LogEntry<FactOf<T>> => entry.fact.type === type,
    );
  }

  /** Waits for the first entry like this, and gives it. */
  async entry<T extends FactType>(
    type: T,
    matches: (fact: FactOf<T>, entry: LogEntry<FactOf<T>>) => boolean = () =>
      true,
    options: EventuallyOptions = {},
  ): Promise<LogEntry<FactOf<T>>> {
    const find = (
      entries: readonly LogEntry[],
    ): LogEntry<FactOf<T>> | undefined =>
      entries.find(
        (entry): entry is LogEntry<FactOf<T>> =>
          entry.fact.type === type &&
          matches(entry.fact as FactOf<T>, entry as LogEntry<FactOf<T>>),
      );
    const entries = await eventually(
      () => this.entries(),
      (all) => find(all) !== undefined,
      {what: `an entry "${type}"`, ...options},
    );
    const found = find(entries);
    if (found === undefined) throw new Error('unreachable');
    return found;
  }

  /** Waits until the tab is attached, or until the state that is given. */
  async attachment(
    state: FactOf<'attachment-changed'>['state'] = 'attached',
  ): Promise<InspectorState['session']['attachment']> {
    return eventually(
      () => this.#session(),
      (attachment) => attachment?.state === state,
      {what: `attachment ${state}`},
    ).then(
      (attachment) =>
        attachment as Omit<Fact & {type: 'attachment-changed'}, 'type'>,
    );
  }

  async close(): Promise<void> {
    await this.devtools.close();
  }

  #session(): Promise<InspectorState['session']['attachment'] | undefined> {
    return this.#frame.evaluate(
      () =>
        (globalThis as DevToolsGlobal).bgfSession?.store.state.session
          .attachment,
    );
  }
}
