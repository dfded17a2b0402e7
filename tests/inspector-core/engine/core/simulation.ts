import type {ResponseHead} from '../../../../inspector-core/engine/algorithms/response-head.js';
import {isExposed} from '../../../../inspector-core/engine/algorithms/record-result.js';
import {
  NO_PROGRESS,
  type RecordProgress,
} from '../../../../inspector-core/engine/core/record.js';
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
import {head} from '../support/responses.js';

/** A byte is told by its file's version and its place: no two are alike. */
type Byte = number;

const VERSION = 1_000;

interface Stored {
  progress: RecordProgress;
  bytes: readonly Byte[];
}

interface Attempt {
  readonly effect: StartEffect;
  /** What the server has yet to send; undefined before its response. */
  rest: Byte[] | undefined;
}

/** One record's file on the server, which may be replaced by another version. */
interface File {
  version: number;
  length: number;
  readonly takesRange: boolean;
  readonly status: number;
  readonly type: ResponseType;
}

/**
 * A whole small world around the machine: servers, network, storage, and a
 * worker that may be killed, each doing at random what it can do at worst.
 * It checks after each step what must always hold, and throws where it does not.
 */
export class Simulation {
  readonly #random: Random;
  readonly #files: readonly File[];
  readonly #methods: readonly string[];
  readonly #downloadTotal: number;
  readonly #parallel: number;
  readonly #storage: Stored[];
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
  /** By record and version. */
  readonly #lengths = new Map<string, number>();
  readonly #causes: Set<string>[];
  readonly #sent: number[];
  /** In the order in which they settled, as seen from outside. */
  #failures: {readonly record: number; readonly result: string}[] = [];

  constructor(random: Random) {
    this.#random = random;
    const count = 1 + this.#below(4);
    this.#files = Array.from({length: count}, () => ({
      version: 1,
      length: this.#below(24),
      takesRange: this.#chance(0.7),
      status: this.#chance(0.85) ? 200 : 404,
      type: this.#chance(0.7) ? 'basic' : 'cors',
    }));
    this.#methods = this.#files.map(() =>
      this.#chance(0.75) ? 'GET' : 'POST',
    );
    this.#downloadTotal = this.#chance(0.7) ? 0 : this.#below(60);
    this.#parallel = 1 + this.#below(4);
    this.#storage = this.#files.map(() => ({progress: NO_PROGRESS, bytes: []}));
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
    this.#now += this.#below(400);
    const dice = this.#random();
    if (dice < 0.2) this.#answer(true);
    else if (dice < 0.5) this.#deliver();
    else if (dice < 0.6) this.#drop();
    else if (dice < 0.8) this.#settleCommit(this.#random());
    else if (dice < 0.84) this.#endWait();
    else if (dice < 0.86) this.#sendStale();
    else if (dice < 0.9) this.#send({type: 'pause'});
    else if (dice < 0.94) this.#send({type: 'resume'});
    else if (dice < 0.97) this.#kill();
    else if (dice < 0.99) {
      const file = this.#pick(this.#files);
      if (file !== undefined) {
        file.version += 1;
        file.length = this.#below(24);
      }
    } else if (dice < 0.993) {
      this.#wasAborted ||= this.#concluded === 0;
      this.#send({type: this.#chance(0.5) ? 'abort' : 'abort-by-user'});
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
    const attempt = this.#pick(this.#attempts.filter(({rest}) => !rest));
    if (attempt === undefined) return;
    const {record, attempt: number, rangeStart, ifRange} = attempt.effect;
    const file = this.#files[record];
    if (file === undefined) return;
    const etag = `"${file.version}"`;
    this.#lengths.set(`${record} ${file.version}`, file.length);
    const all = Array.from(
      {length: file.length},
      (_, place) => file.version * VERSION + place,
    );
    const send = (response: ResponseHead, rest: Byte[]): void => {
      attempt.rest = rest;
      this.#send({type: 'uploaded', record, attempt: number, length: 1});
      this.#send({type: 'response', record, attempt: number, head: response});
    };
    const withType = (response: ResponseHead): ResponseHead => ({
      ...response,
      type: file.type,
    });
    const dice = isHostile ? this.#random() : 1;
    if (dice < 0.05) {
      this.#causes[record]?.add('bad-status');
      send(withType(head(503, {ETag: '"busy"'})), [-1, -2]);
    } else if (dice < 0.1) {
      this.#causes[record]?.add('fetch-error');
      const range = `bytes ${rangeStart + 1}-${file.length}/${file.length + 1}`;
      send(withType(head(206, {'Content-Range': range, ETag: etag})), [-3]);
    } else if (dice < 0.15) {
      // A part with less in it than it says, which ends without an error.
      this.#causes[record]?.add('fetch-error');
      const range = `bytes ${rangeStart}-${file.length}/${file.length + 5}`;
      send(withType(head(206, {'Content-Range': range, ETag: etag})), []);
    } else if (dice < 0.2) {
      // A body that is longer than the server said.
      this.#causes[record]?.add('fetch-error');
      const range = `bytes ${rangeStart}-${rangeStart}/${rangeStart + 1}`;
      const body = [...all.slice(rangeStart, rangeStart + 1), -4, -5];
      send(withType(head(206, {'Content-Range': range, ETag: etag})), body);
    } else if (dice < 0.25) {
      // CORS hides it.
      if (rangeStart === 0) this.#causes[record]?.add('fetch-error');
      send({...head(206), type: 'cors'}, [-6]);
    } else if (
      rangeStart > 0 &&
      file.takesRange &&
      file.status === 200 &&
      (ifRange === undefined || ifRange === etag)
    ) {
      if (rangeStart >= file.length) {
        send(
          withType(
            head(416, {'Content-Range': `bytes */${file.length}`, ETag: etag}),
          ),
          [],
        );
        return;
      }
      // Without If-Range, a part of another version: the machine must see it.
      this.#causes[record]?.add('fetch-error');
      const range = `bytes ${rangeStart}-${file.length - 1}/${file.length}`;
      send(
        withType(head(206, {'Content-Range': range, ETag: etag})),
        all.slice(rangeStart),
      );
    } else {
      if (file.status !== 200) this.#causes[record]?.add('bad-status');
      send(withType(head(file.status, {ETag: etag})), all);
    }
  }

  #deliver(): void {
    const attempt = this.#pick(this.#attempts.filter(({rest}) => rest));
    if (attempt?.rest === undefined) return;
    const {record, attempt: number} = attempt.effect;
    if (attempt.rest.length === 0) {
      this.#attempts = this.#attempts.filter((other) => other !== attempt);
      this.#send({type: 'body-ended', record, attempt: number});
      return;
    }
    const chunk = attempt.rest.splice(0, 1 + this.#below(6));
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
    const attempt = this.#pick(this.#attempts);
    if (attempt === undefined) return;
    this.#attempts = this.#attempts.filter((other) => other !== attempt);
    const {record, attempt: number} = attempt.effect;
    const isOffline = this.#chance(0.5);
    this.#causes[record]?.add('fetch-error');
    this.#send({type: 'failed', record, attempt: number, isOffline});
  }

  #settleCommit(dice: number): void {
    const record = this.#below(this.#files.length);
    const commit = this.#commits.find((other) => other.record === record);
    if (commit === undefined) return;
    this.#commits = this.#commits.filter((other) => other !== commit);
    if (dice < 0.97 && this.#apply(commit)) {
      this.#send({type: 'committed', record});
    } else {
      const reason = dice < 0.985 ? 'quota' : 'error';
      this.#causes[record]?.add(
        reason === 'quota' ? 'quota-exceeded' : 'fetch-error',
      );
      this.#send({type: 'commit-failed', record, reason});
    }
  }

  /** False where a commit before it failed, so that there would be a hole. */
  #apply(commit: CommitEffect): boolean {
    const stored = this.#storage[commit.record];
    if (stored === undefined) return false;
    const {progress} = stored;
    const isNew = commit.generation > progress.generation;
    const isReadable = isExposed(commit.result);
    if (isReadable && commit.from !== (isNew ? 0 : progress.length)) {
      return false;
    }
    const added = this.#bytesOf(commit);
    stored.bytes = isReadable ? [...(isNew ? [] : stored.bytes), ...added] : [];
    stored.progress = {
      response: commit.head,
      generation: commit.generation,
      length: commit.to,
      result: commit.result,
      order: commit.order,
      hasStarted: commit.hasStarted,
    };
    return true;
  }

  /** The bytes as they were when the commit was asked for. */
  readonly #commitBytes = new WeakMap<CommitEffect, readonly Byte[]>();

  #bytesOf(commit: CommitEffect): readonly Byte[] {
    return this.#commitBytes.get(commit) ?? [];
  }

  #endWait(): void {
    const wait = this.#pick(this.#waits);
    if (wait === undefined) return;
    this.#waits = this.#waits.filter((other) => other !== wait);
    this.#send({type: 'wait-over', ...wait});
  }

  /** A connection that was closed has something to say yet. */
  #sendStale(): void {
    const stale = this.#pick(this.#stale);
    if (stale === undefined) return;
    const {record, attempt} = stale;
    const event = this.#pick<JobEvent>([
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
      this.#below(this.#commits.length + 1),
    )) {
      this.#apply(commit);
    }
    // Whether it was sent cannot be known; that it was about to be can.
    for (const [record, {progress}] of this.#storage.entries()) {
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
    this.#received = this.#storage.map(({bytes, progress}) => {
      this.#require(
        bytes.length === progress.length || !isExposed(progress.result),
        'what is stored is as long as storage says',
      );
      return isExposed(progress.result)
        ? [...bytes]
        : Array.from({length: progress.length}, () => 0);
    });
    this.#failures = this.#storage
      .map(({progress}, record) => ({record, ...progress}))
      .filter(({result}) => result !== '' && result !== 'success')
      .toSorted((a, b) => a.order - b.order)
      .map(({record, result}) => ({record, result}));
    return new JobMachine({
      records: this.#methods.map((method) => ({method, isResumable: true})),
      downloadTotal: this.#downloadTotal,
      progress: this.#storage.map(({progress}) => progress),
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
        const {record, from, to} = effect;
        this.#commitBytes.set(
          effect,
          (this.#received[record] ?? []).slice(from, to),
        );
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
    for (const record of records) {
      this.#require(record.stored <= record.received, 'stored is received');
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
      const {bytes, progress} = this.#storage[record] ?? {bytes: []};
      const version = Math.floor((bytes[0] ?? 0) / VERSION);
      switch (result) {
        case '':
          this.#require(false, 'every record settles');
          break;
        case 'success':
          this.#require(
            progress?.result === 'success' &&
              (bytes.length === 0 ||
                bytes.length === this.#lengths.get(`${record} ${version}`)) &&
              bytes.every((byte, place) => byte === version * VERSION + place),
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

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #chance(probability: number): boolean {
    return this.#random() < probability;
  }

  #pick<T>(from: readonly T[]): T | undefined {
    return from[this.#below(from.length)];
  }
}
