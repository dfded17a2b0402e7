import {isExposed} from '../../../../inspector-core/engine/algorithms/record-result.js';
import type {
  CommitEffect,
  JobEffect,
  StartEffect,
} from '../../../../inspector-core/engine/core/effects.js';
import type {
  JobEvent,
  OfAttempt,
} from '../../../../inspector-core/engine/core/events.js';
import {JobMachine} from '../../../../inspector-core/engine/core/perform-a-background-fetch.js';
import type {Random} from '../../../../inspector-core/seams/random.js';
import {Chance} from '../support/chance.js';
import {head} from '../support/responses.js';
import {SimulatedFile, type Byte} from './simulated-file.js';
import {SimulatedStorage} from './simulated-storage.js';

interface Attempt {
  readonly effect: StartEffect;
  /** What the server has yet to send; undefined before its response. */
  rest: Byte[] | undefined;
}

/**
 * A whole small world around the machine: servers, network, storage, and a
 * worker that may be killed, each doing at random what it can do at worst.
 * It checks after each step what must always hold, and throws where it does not.
 */
export class Simulation {
  readonly #chance: Chance;
  readonly #files: readonly SimulatedFile[];
  readonly #methods: readonly string[];
  readonly #downloadTotal: number;
  readonly #parallel: number;
  readonly #storage: SimulatedStorage;
  /** Events as they were sent, each followed by what came of it. */
  readonly trace: unknown[] = [];

  // Lost when the worker is killed.
  #machine: JobMachine;
  #attempts: Attempt[] = [];
  #commits: CommitEffect[] = [];
  #waits: {readonly record: number; readonly attempt: number}[] = [];
  #received: Byte[][] = [];
  /** Attempts that were cancelled, and have not been silent since. */
  #stale: OfAttempt[] = [];
  #concluded = 0;
  #now = 0;

  // What may be the reason for a failure.
  #wasAborted = false;
  readonly #causes: Set<string>[];
  readonly #sent: number[];
  /** In the order in which they settled, as seen from outside. */
  #failures: {readonly record: number; readonly result: string}[] = [];

  constructor(random: Random) {
    this.#chance = new Chance(random);
    const count = 1 + this.#chance.below(4);
    this.#files = Array.from(
      {length: count},
      () => new SimulatedFile(this.#chance),
    );
    this.#methods = this.#files.map(() =>
      this.#chance.happens(0.75) ? 'GET' : 'POST',
    );
    this.#downloadTotal = this.#chance.happens(0.7)
      ? 0
      : this.#chance.below(60);
    this.#parallel = 1 + this.#chance.below(4);
    this.#storage = new SimulatedStorage(count);
    this.#causes = this.#files.map(() => new Set());
    this.#sent = this.#files.map(() => 0);
    this.#machine = this.#load();
  }

  /** So many random steps, then whatever it takes to come to an end. */
  run(steps: number): void {
    this.#send({type: 'begin'});
    for (let step = 0; step < steps; step += 1) this.#takeStep();
    this.#send({type: 'resume'});
    for (let step = 0; this.#concluded === 0; step += 1) {
      this.#require(step < 5_000, 'it comes to an end');
      this.#takeKindStep();
    }
    this.#checkEnd();
  }

  #takeStep(): void {
    this.#now += this.#chance.below(400);
    const dice = this.#chance.random();
    if (dice < 0.2) this.#answer(true);
    else if (dice < 0.5) this.#deliver();
    else if (dice < 0.6) this.#drop();
    else if (dice < 0.8) this.#settleCommit(this.#chance.random());
    else if (dice < 0.84) this.#endWait();
    else if (dice < 0.86) this.#sendStale();
    else if (dice < 0.9) this.#send({type: 'pause'});
    else if (dice < 0.94) this.#send({type: 'resume'});
    else if (dice < 0.97) this.#kill();
    else if (dice < 0.99) {
      this.#chance.pick(this.#files)?.replace();
    } else if (dice < 0.993) {
      this.#wasAborted ||= this.#concluded === 0;
      this.#send({type: this.#chance.happens(0.5) ? 'abort' : 'abort-by-user'});
    }
  }

  /** Nothing goes wrong any more. */
  #takeKindStep(): void {
    this.#answer(false);
    this.#deliver();
    this.#settleCommit(0);
    this.#endWait();
  }

  #answer(isHostile: boolean): void {
    const attempt = this.#chance.pick(this.#attempts.filter(({rest}) => !rest));
    if (attempt === undefined) return;
    const {record, attempt: number} = attempt.effect;
    const answer = this.#files[record]?.answer(attempt.effect, isHostile);
    if (answer === undefined) return;
    if (answer.cause !== undefined) this.#causes[record]?.add(answer.cause);
    attempt.rest = answer.body;
    this.#send({type: 'uploaded', record, attempt: number, length: 1});
    this.#send({type: 'response', record, attempt: number, head: answer.head});
  }

  #deliver(): void {
    const attempt = this.#chance.pick(this.#attempts.filter(({rest}) => rest));
    if (attempt?.rest === undefined) return;
    const {record, attempt: number} = attempt.effect;
    if (attempt.rest.length === 0) {
      this.#attempts = this.#attempts.filter((other) => other !== attempt);
      this.#send({type: 'body-ended', record, attempt: number});
      return;
    }
    const chunk = attempt.rest.splice(0, 1 + this.#chance.below(6));
    const machine = this.#machine.records[record];
    const before = machine?.received ?? 0;
    const generation = machine?.generation;
    // As a driver does: first the bytes, for a commit may ask for them at once.
    const data = this.#received[record] ?? [];
    data.splice(before, Infinity, ...chunk);
    this.#send({type: 'chunk', record, attempt: number, length: chunk.length});
    const after = machine?.received ?? 0;
    this.#require(
      after === before || after === before + chunk.length,
      'a chunk is taken whole, or not at all',
    );
    this.#require(
      generation === machine?.generation,
      'a chunk replaces nothing',
    );
    data.length = after;
  }

  #drop(): void {
    const attempt = this.#chance.pick(this.#attempts);
    if (attempt === undefined) return;
    this.#attempts = this.#attempts.filter((other) => other !== attempt);
    const {record, attempt: number} = attempt.effect;
    const isOffline = this.#chance.happens(0.5);
    this.#causes[record]?.add('fetch-error');
    this.#send({type: 'failed', record, attempt: number, isOffline});
  }

  #settleCommit(dice: number): void {
    const record = this.#chance.below(this.#files.length);
    const commit = this.#commits.find((other) => other.record === record);
    if (commit === undefined) return;
    this.#commits = this.#commits.filter((other) => other !== commit);
    if (dice < 0.97 && this.#storage.apply(commit)) {
      this.#send({type: 'committed', record});
    } else {
      const reason = dice < 0.985 ? 'quota' : 'error';
      this.#causes[record]?.add(
        reason === 'quota' ? 'quota-exceeded' : 'fetch-error',
      );
      this.#send({type: 'commit-failed', record, reason});
    }
  }

  #endWait(): void {
    const wait = this.#chance.pick(this.#waits);
    if (wait === undefined) return;
    this.#waits = this.#waits.filter((other) => other !== wait);
    this.#send({type: 'wait-over', ...wait});
  }

  /** A connection that was closed has something to say yet. */
  #sendStale(): void {
    const stale = this.#chance.pick(this.#stale);
    if (stale === undefined) return;
    const {record, attempt} = stale;
    const event = this.#chance.pick<JobEvent>([
      {type: 'response', record, attempt, head: head(200)},
      {type: 'chunk', record, attempt, length: 1},
      {type: 'body-ended', record, attempt},
      {type: 'failed', record, attempt, isOffline: false},
      {type: 'wait-over', record, attempt},
    ]);
    const before = this.#machine.records[record]?.phase;
    if (event !== undefined) this.#send(event);
    this.#require(
      before === this.#machine.records[record]?.phase,
      'what was cancelled is not heard',
    );
  }

  /** Some commits that were under way are stored yet, from the first on. */
  #kill(): void {
    if (this.#concluded > 0) return;
    for (const commit of this.#commits.slice(
      0,
      this.#chance.below(this.#commits.length + 1),
    )) {
      this.#storage.apply(commit);
    }
    // Whether it was sent cannot be known; that it was about to be can.
    for (const [record, {progress}] of this.#storage.records.entries()) {
      if (progress.hasStarted) this.#causes[record]?.add('fetch-error');
    }
    this.trace.push('kill');
    this.#machine = this.#load();
    this.#send({type: 'begin'});
  }

  #load(): JobMachine {
    this.#attempts = [];
    this.#commits = [];
    this.#waits = [];
    this.#stale = [];
    this.#received = this.#storage.records.map(({bytes, progress}) => {
      this.#require(
        bytes.length === progress.length || !isExposed(progress.result),
        'what is stored is as long as storage says',
      );
      return isExposed(progress.result)
        ? [...bytes]
        : Array.from({length: progress.length}, () => 0);
    });
    this.#failures = this.#storage.records
      .map(({progress}, record) => ({record, ...progress}))
      .filter(({result}) => result !== '' && result !== 'success')
      .toSorted((a, b) => a.order - b.order)
      .map(({record, result}) => ({record, result}));
    return new JobMachine({
      records: this.#methods.map((method) => ({method, isResumable: true})),
      downloadTotal: this.#downloadTotal,
      progress: this.#storage.records.map(({progress}) => progress),
      wasAborted: this.#wasAborted,
      parallel: this.#parallel,
      partSize: 8,
      commitInterval: 1_000,
    });
  }

  #send(event: JobEvent): void {
    this.trace.push(event);
    const effects = this.#machine.handle(event, this.#now);
    for (const effect of effects) this.#perform(effect);
    this.#check(effects);
  }

  #perform(effect: JobEffect): void {
    this.trace.push(effect);
    switch (effect.type) {
      case 'start':
        this.#require(!this.#machine.isPaused, 'nothing starts in a pause');
        this.#sent[effect.record] = (this.#sent[effect.record] ?? 0) + 1;
        this.#require(
          this.#methods[effect.record] === 'GET' ||
            this.#sent[effect.record] === 1,
          'what is no GET is sent once',
        );
        this.#attempts.push({effect, rest: undefined});
        return;
      case 'cancel':
        this.#stale.push(effect);
        this.#attempts = this.#attempts.filter(
          ({effect: {record}}) => record !== effect.record,
        );
        this.#waits = this.#waits.filter(
          ({record}) => record !== effect.record,
        );
        return;
      case 'commit': {
        const received = this.#received[effect.record] ?? [];
        this.#storage.prepare(effect, received);
        this.#commits.push(effect);
        return;
      }
      case 'wait':
        this.#waits.push({record: effect.record, attempt: effect.attempt});
        return;
      case 'record-changed': {
        const record = this.#machine.records[effect.record];
        const result = record?.result ?? '';
        const data = this.#received[effect.record];
        if (record !== undefined && data !== undefined) {
          data.length = Math.min(data.length, record.received);
        }
        const known = this.#failures.find(
          (failure) => failure.record === effect.record,
        );
        if (result !== '' && result !== 'success' && known?.result !== result) {
          this.#failures = [
            ...this.#failures.filter((failure) => failure !== known),
            {record: effect.record, result},
          ];
        }
        return;
      }
      case 'update-instances':
        return;
      case 'conclude': {
        this.#concluded += 1;
        const reason = this.#wasAborted
          ? 'aborted'
          : (this.#failures[0]?.result ?? '');
        this.#require(
          effect.failureReason === reason &&
            effect.result === (reason === '' ? 'success' : 'failure'),
          `the outcome is "${reason}"`,
        );
        return;
      }
    }
  }

  #check(effects: readonly JobEffect[]): void {
    const {records, snapshot} = this.#machine;
    const total = records.reduce((sum, {received}) => sum + received, 0);
    this.#require(snapshot.downloaded === total, 'downloaded is the sum');
    this.#require(
      this.#downloadTotal === 0 || total <= this.#downloadTotal,
      'downloadTotal holds',
    );
    const running = records.filter(({phase}) =>
      ['requesting', 'receiving'].includes(phase),
    ).length;
    this.#require(running <= this.#parallel, 'no more run than may');
    this.#require(running >= this.#attempts.length, 'no attempt is forgotten');
    for (const [index, {generation, received}] of records.entries()) {
      const {progress} = this.#storage.records[index] ?? {};
      const isOlder = progress?.generation !== generation;
      this.#require(
        isOlder || progress.length <= received,
        'stored is received',
      );
    }
    if (records.some(({result}) => result === 'download-total-exceeded')) {
      this.#require(
        records.every(({result}) => result !== ''),
        'all end at once when downloadTotal is exceeded',
      );
    }
    const last = effects.findIndex(({type}) => type === 'conclude');
    this.#require(
      last === -1 || last === effects.length - 1,
      'the conclusion comes last',
    );
    this.#require(this.#concluded <= 1, 'it concludes once');
  }

  #checkEnd(): void {
    const machines = this.#machine.records;
    this.#require(this.#attempts.length === 0, 'no connection stays open');
    this.#require(this.#commits.length === 0, 'no commit is left');
    const isTornDown =
      this.#wasAborted ||
      machines.some(({result}) => result === 'download-total-exceeded');
    for (const [record, {result}] of machines.entries()) {
      const {bytes, progress} = this.#storage.records[record] ?? {bytes: []};
      switch (result) {
        case '':
          this.#require(false, 'every record settles');
          break;
        case 'success':
          this.#require(
            progress?.result === 'success' &&
              this.#files[record]?.isWhole(bytes) === true,
            'what succeeded is stored, whole, and of one version',
          );
          break;
        case 'aborted':
          this.#require(isTornDown, 'only what is torn down is aborted');
          break;
        case 'download-total-exceeded':
          this.#require(this.#downloadTotal > 0, 'there is a limit to exceed');
          break;
        default:
          this.#require(
            this.#causes[record]?.has(result) === true,
            `${result} has a cause`,
          );
      }
      this.#require(
        isExposed(result) || bytes.length === 0 || progress?.result === '',
        'what cannot be read is not stored',
      );
    }
  }

  #require(condition: boolean, sentence: string): void {
    if (!condition) throw new Error(`Broken: ${sentence}.`);
  }
}
