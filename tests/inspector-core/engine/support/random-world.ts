import {matchRecords} from '../../../../inspector-core/engine/registration/match-records.js';
import {ActiveFetches} from '../../../../inspector-core/engine/registration/active-fetches.js';
import {
  whenBytesReady,
  whenHeadReady,
} from '../../../../inspector-core/engine/registration/response-ready.js';
import type {Job} from '../../../../inspector-core/engine/driver/job.js';
import {makePool} from '../../../../inspector-core/engine/driver/seams.js';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {createDice} from '../../../../inspector-core/conditions/random/dice.js';
import {createIdbStorage} from '../../../../inspector-core/engine/storage/idb-storage.js';
import {Chance} from './chance.js';
import {bytes, storedRequest} from './fetches.js';
import {FetchModel} from './fetch-model.js';
import {until} from './scripted.js';
import {makeMortal, type MortalStorage} from './mortal-storage.js';
import {makeRandomNetwork, RandomFile} from './random-network.js';

const PART_SIZE = 1_000;
const IDS = ['a', 'b', 'c'];

/** Whoever waits for the next turn of the event loop. */
const waiting: (() => void)[] = [];
const channel = new MessageChannel();
channel.port1.addEventListener('message', () => {
  waiting.shift()?.();
});
channel.port1.start();

/** Timers are held back by browsers: a message is not. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}

/** One worker of the registration. */
interface Life {
  readonly fetches: ActiveFetches;
  readonly mortal: MortalStorage;
  readonly close: () => Promise<void>;
}

/** How many worlds there were: each has a scope of its own. */
let worlds = 0;

/** What happens in a world. */
export interface WorldPlan {
  readonly seed: number;
  /** Until nothing goes wrong any more. */
  readonly steps: number;
}

/** What a world has seen, for the sum that is printed. */
export interface WorldCount {
  kills: number;
  hangs: number;
  fetches: number;
  events: number;
  pauses: number;
  aborts: number;
  bytes: number;
}

/**
 * A registration, an app that calls it, a network that breaks, and a worker that
 * is killed, all by one seed; and next to them a model that knows what the app
 * is to see.
 */
export class RandomWorld {
  readonly count: WorldCount = {
    kills: 0,
    hangs: 0,
    fetches: 0,
    events: 0,
    pauses: 0,
    aborts: 0,
    bytes: 0,
  };
  readonly #name: string;
  readonly #scope: string;
  readonly #steps: number;
  readonly #chance: Chance;
  /** A cache takes longer than a database; so it is not used in each world. */
  readonly #smallestCached: number;
  readonly #clock = createManualClock();
  readonly #files = new Map<string, RandomFile>();
  readonly #network: ReturnType<typeof makeRandomNetwork>;
  readonly #models: FetchModel[] = [];
  /** Of fetches that are paused: until they go on, none may send anything. */
  readonly #silent = new Set<FetchModel>();
  #life: Life;
  #isKind = false;
  #failure: unknown;
  #serial = 0;

  /** @param name of the database, which worlds may share */
  constructor(name: string, {seed, steps}: WorldPlan) {
    worlds += 1;
    this.#name = name;
    this.#scope = `https://example.com/${worlds}/`;
    this.#steps = steps;
    this.#chance = new Chance(createDice(seed).stream('world'));
    this.#smallestCached = this.#chance.happens(0.05) ? PART_SIZE : Infinity;
    this.#network = makeRandomNetwork({
      // Other numbers than those above.
      random: createDice(seed).stream('engine'),
      files: this.#files,
      breaksOffline: this.#chance.happens(0.5),
      onRequest: ({url}) => {
        const silent = [...this.#silent].find((model) => model.has(url));
        if (silent !== undefined) this.#failure ??= 'It asks in a pause.';
      },
    });
    this.#life = this.#startLife();
  }

  /** Lives through its steps, and then to the end of all that was begun. */
  async run(): Promise<void> {
    try {
      await this.#liveOn();
    } finally {
      this.#life.fetches.stop();
      await this.#life.close();
    }
  }

  async #liveOn(): Promise<void> {
    await this.#life.fetches.load();
    for (let step = 0; step < this.#steps; step += 1) {
      await this.#takeStep();
      await this.#pass(this.#chance.below(6));
      if (this.#life.mortal.isDead) await this.#restart();
      this.#check();
    }
    this.#isKind = true;
    this.#network.isCalm = true;
    // The last life: what hangs, or is about to be killed, is left behind.
    await this.#restart();
    this.#silent.clear();
    for (const model of this.#models) await this.#jobOf(model)?.resume();
    await this.#until(() =>
      this.#models.every((model) => this.#jobOf(model) === undefined),
    );
    await this.#until(async () => {
      const {mortal} = this.#life;
      if (mortal.calls > 0) return false;
      return !(await mortal.storage.scopes()).has(this.#scope);
    });
    if (this.#failure !== undefined) throw this.#failure;
    for (const model of this.#models) model.checkEnd();
  }

  async #takeStep(): Promise<void> {
    const dice = this.#chance.random();
    const {fetches, mortal} = this.#life;
    if (dice < 0.25) {
      await this.#start();
    } else if (dice < 0.35) {
      const model = this.#pick();
      const job = model && this.#jobOf(model);
      if (model === undefined || job === undefined) return;
      this.count.aborts += 1;
      const {mayBeAborted} = model;
      // Its event may come before the answer does.
      model.mayBeAborted = true;
      const isAborted = await this.#race(fetches.abort(job));
      if (isAborted === true) model.wasAborted = true;
      if (isAborted === false) model.mayBeAborted = mayBeAborted;
    } else if (dice < 0.45) {
      const model = this.#pick();
      const job = model && this.#jobOf(model);
      if (model === undefined || job === undefined) return;
      const isPaused = await this.#race(job.pause());
      if (isPaused !== true) return;
      this.count.pauses += 1;
      this.#silent.add(model);
    } else if (dice < 0.55) {
      const model = this.#pick();
      if (model === undefined) return;
      this.#silent.delete(model);
      await this.#race(this.#jobOf(model)?.resume() ?? Promise.resolve());
    } else if (dice < 0.7) {
      mortal.killAt(1 + this.#chance.below(12));
    } else if (dice < 0.75) {
      mortal.kill();
    } else if (dice < 0.78) {
      this.count.hangs += 1;
      mortal.hangAt(1 + this.#chance.below(12));
    } else if (dice < 0.83) {
      this.#changeFile();
    } else {
      await this.#clock.advance(this.#chance.below(5_000));
    }
  }

  /** Starts a fetch, if its id is free, and is refused, if not. */
  async #start(): Promise<void> {
    const {fetches} = this.#life;
    const id = this.#chance.pick(IDS) ?? '';
    const isTaken = fetches.get(id) !== undefined;
    const model = this.#makeModel(id);
    // Its event may come before the answer does.
    model.isCertain = false;
    this.#models.push(model);
    const starting = fetches
      .start(id, model.inputs, {downloadTotal: model.downloadTotal})
      .catch((error: unknown) => String(error));
    const job = await this.#race(starting);
    if (typeof job === 'string') {
      this.#models.pop();
      // It may have become free meanwhile, but not the other way round.
      if (!isTaken) model.fail(`it was refused: ${job}`);
      return;
    }
    this.count.fetches += 1;
    // Without an answer, it has begun, or not: the next worker knows.
    if (job === undefined) return;
    model.isCertain = true;
    model.key = job.stored.key;
  }

  #makeModel(id: string): FetchModel {
    this.#serial += 1;
    const files = Array.from(
      {length: 1 + this.#chance.below(4)},
      (_, record) => {
        const url = `${this.#scope}${this.#serial}/${record}`;
        const length = this.#chance.below(6_000);
        const status = this.#chance.happens(0.1) ? 404 : 200;
        const file = new RandomFile(
          status,
          bytes(this.#chance.below(251), length),
        );
        this.#files.set(url, file);
        return {url, file, isPost: this.#chance.happens(0.1)};
      },
    );
    const sum = files.reduce((total, {file}) => total + file.content.length, 0);
    const downloadTotal = this.#chance.happens(0.3)
      ? 1 + this.#chance.below(sum * 2)
      : 0;
    return new FetchModel({
      id,
      downloadTotal,
      files,
      request: storedRequest(),
    });
  }

  #changeFile(): void {
    const model = this.#pick();
    const place = model && this.#chance.pick(model.files);
    // With a limit, what the versions of a file add up to would depend on when.
    if (place === undefined || model?.downloadTotal !== 0) return;
    const {file} = place;
    file.versions.push(
      bytes(this.#chance.below(251), this.#chance.below(6_000)),
    );
  }

  #startLife(): Life {
    const storage = createIdbStorage({
      name: this.#name,
      smallestCached: this.#smallestCached,
    });
    const mortal = makeMortal(storage, this.#chance.random);
    const fetches = new ActiveFetches(
      {
        scope: this.#scope,
        permission: () => Promise.resolve('granted'),
        hasActiveWorker: () => true,
        availableSpace: () => Promise.resolve(undefined),
        dispatch: async (name, job, onDelivered) => {
          const model = this.#modelOf(job);
          if (model === undefined) {
            this.#failure ??= new Error('Nobody began a fetch that has ended.');
            return;
          }
          this.count.events += 1;
          model.deliveries += 1;
          onDelivered();
          // The engine does not care how handlers end; we do.
          await this.#hear(model, name, job, mortal).catch((error: unknown) => {
            this.#failure ??= error;
          });
        },
      },
      {
        clock: this.#clock,
        network: this.#network,
        storage: mortal.storage,
        pool: makePool(PART_SIZE),
      },
    );
    return {fetches, mortal, close: () => storage.close()};
  }

  /** What the app does in its handler: it reads all that it can. */
  async #hear(
    model: FetchModel,
    name: string,
    job: Job,
    mortal: MortalStorage,
  ): Promise<void> {
    const {result, failureReason, recordsAvailable} = job.snapshot;
    const read = matchRecords(job, undefined, {}).map(async (match) => {
      const pieces: Uint8Array<ArrayBuffer>[] = [];
      try {
        const {status} = await whenHeadReady(job, match);
        for (let position = 0; ;) {
          const piece = await whenBytesReady(job, match, position);
          if (piece === undefined) break;
          position += piece.length;
          pieces.push(piece);
        }
        const body = new Uint8Array(await new Blob(pieces).arrayBuffer());
        this.count.bytes += body.length;
        return {status, body};
      } catch (error) {
        return String(error);
      }
    });
    const records = await Promise.all(read);
    // Its death is what went wrong, then.
    if (mortal.isDead) return;
    model.hear({name, result, failureReason, recordsAvailable, records});
  }

  async #restart(): Promise<void> {
    if (!this.#life.mortal.isDead) this.#life.mortal.kill();
    this.#life.fetches.stop();
    await this.#life.close();
    this.count.kills += 1;
    this.#life = this.#startLife();
    const {fetches, mortal} = this.#life;
    if (!this.#isKind && this.#chance.happens(0.3))
      mortal.killAt(1 + this.#chance.below(4));
    await this.#race(fetches.load());
    if (mortal.isDead) return this.#restart();
    for (const model of this.#models) {
      const job = this.#jobOf(model);
      if (job !== undefined) model.isCertain = true;
      if (job?.isPaused !== true) this.#silent.delete(model);
    }
  }

  /** What is visible now must be what the model says. */
  #check(): void {
    if (this.#failure !== undefined) throw this.#failure;
    const {fetches} = this.#life;
    const ids = fetches.getIds();
    if (new Set(ids).size < ids.length)
      throw new Error('An id is twice there.');
    for (const id of ids) {
      const job = fetches.get(id);
      if (job === undefined) throw new Error('An id is there without a fetch.');
      this.#modelOf(job)?.checkActive(job.snapshot);
    }
    for (const model of this.#models) {
      const job = this.#jobOf(model);
      const isShown = job !== undefined && fetches.get(model.id) === job;
      model.checkShown(isShown, job?.snapshot);
    }
  }

  #jobOf(model: FetchModel): Job | undefined {
    const {fetches} = this.#life;
    if (model.key !== undefined) return fetches.find(model.key);
    // Its start was not answered: it is the one of its id that nobody knows.
    const job = fetches.get(model.id);
    const url = job?.stored.records[0]?.request.url ?? '';
    if (job === undefined || !model.has(url)) return undefined;
    model.key = job.stored.key;
    return job;
  }

  #modelOf(job: Job): FetchModel | undefined {
    const url = job.stored.records[0]?.request.url ?? '';
    const model = this.#models.find((each) => each.has(url));
    if (model !== undefined) {
      model.key = job.stored.key;
      model.isCertain = true;
    }
    return model;
  }

  /** Undefined if the worker dies, or hangs, before it is done. */
  async #race<T>(work: Promise<T>): Promise<T | undefined> {
    const state: {isOver: boolean; value?: T; error?: unknown} = {
      isOver: false,
    };
    work.then(
      (value) => Object.assign(state, {isOver: true, value}),
      (error: unknown) => Object.assign(state, {isOver: true, error}),
    );
    const {mortal} = this.#life;
    for (let silent = 0; silent < 100 && !state.isOver && !mortal.isDead;) {
      await nextTurn();
      if (mortal.isHanging) silent += 1;
    }
    if ('error' in state) throw state.error;
    // It hangs: the browser kills such a worker, some day.
    if (!state.isOver) mortal.kill();
    return state.value;
  }

  async #pass(turns: number): Promise<void> {
    for (let turn = 0; turn < turns; turn += 1) await nextTurn();
  }

  async #until(check: () => boolean | Promise<boolean>): Promise<void> {
    await until(async () => {
      if (this.#clock.due.length > 0) await this.#clock.advance(60_000);
      return check();
    });
  }

  #pick(): FetchModel | undefined {
    return this.#chance.pick(this.#models);
  }
}
