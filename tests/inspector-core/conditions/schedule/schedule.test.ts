import {expect} from '@esm-bundle/chai';
import {parseSchedule} from '../../../../inspector-core/conditions/schedule/parse-schedule.js';
import {fasterSchedule} from '../../../../inspector-core/conditions/schedule/faster-schedule.js';
import {
  commutingDay,
  flakyCafe,
  trainTunnel,
} from '../../../../inspector-core/conditions/schedule/presets.js';
import {
  evaluateSchedule,
  percentsOf,
  type Schedule,
  type Scheduled,
} from '../../../../inspector-core/conditions/schedule/schedule.js';
import {refusal} from '../support/refusal.js';

const never = (): undefined => undefined;

/** All stretches of a schedule, each as one line. */
const walk = (schedule: Schedule, seed: number, end: number): string[] => {
  const lines: string[] = [];
  for (let at = 0; at < end;) {
    const {offline, profile, until} = evaluateSchedule(
      schedule,
      at,
      never,
      seed,
    );
    expect(until).to.be.above(at);
    lines.push(`${at} ${offline ? 'offline' : (profile?.name ?? 'as set')}`);
    at = until;
  }
  return lines;
};

describe('A schedule', () => {
  it('of a tunnel is offline for 10 s, from 40 % on', () => {
    const schedule = trainTunnel();
    const at = (elapsed: number, reached?: number): Scheduled =>
      evaluateSchedule(
        schedule,
        elapsed,
        (percent) => (percent === 40 ? reached : undefined),
        1,
      );
    expect(percentsOf(schedule)).to.deep.equal([40]);
    expect(at(99_999)).to.deep.include({offline: false, until: Infinity});
    expect(at(500, 500)).to.deep.include({offline: true, until: 10_500});
    expect(at(10_499, 500)).to.deep.include({offline: true});
    expect(at(10_500, 500)).to.deep.include({offline: false, until: Infinity});
  });

  it('of a café is offline once in each round, somewhere by the seed', () => {
    const lines = walk(flakyCafe(), 5, 200_000);
    expect(lines).to.deep.equal(walk(flakyCafe(), 5, 200_000));
    expect(lines).not.to.deep.equal(walk(flakyCafe(), 6, 200_000));
    const offline = lines.filter((line) => line.endsWith('offline'));
    expect(offline).to.have.length(10);
    const rounds = offline.map((line) =>
      Math.floor(Number.parseInt(line) / 20_000),
    );
    expect(rounds).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('of a day has its stretches, with gaps by the seed', () => {
    const day = commutingDay(3);
    expect(day).to.deep.equal(commutingDay(3));
    expect(day).not.to.deep.equal(commutingDay(4));
    const lines = walk(day, 3, 16 * 3_600_000);
    expect(lines.filter((line) => line.endsWith('offline'))).to.have.length(18);
    expect(lines.filter((line) => line.endsWith('3G'))).not.to.have.length(0);
  });

  it('is the same in less time, where it is a faster one', () => {
    const day = commutingDay(3);
    const minutes = fasterSchedule(day, 100);
    expect(minutes.name).to.equal('A day of commuting ×100');
    const shape = (lines: readonly string[]): readonly string[] =>
      lines.map((line) => line.replace(/^\S+ /, ''));
    expect(shape(walk(minutes, 3, (16 * 3_600_000) / 100))).to.deep.equal(
      shape(walk(day, 3, 16 * 3_600_000)),
    );
    for (const factor of [10, 100, 1e6]) {
      for (const schedule of [trainTunnel(), flakyCafe(), day]) {
        const faster = fasterSchedule(schedule, factor);
        expect(parseSchedule(faster)).to.deep.equal(faster);
      }
    }
  });

  it('is the same from a file', () => {
    for (const schedule of [trainTunnel(), flakyCafe(), commutingDay(1)]) {
      const copy: unknown = JSON.parse(JSON.stringify(schedule));
      expect(parseSchedule(copy)).to.deep.equal(schedule);
    }
  });

  const bad: readonly (readonly [phase: unknown, ...words: string[]])[] = [
    [{}, 'schedule.phases[0].from:', 'expected an object'],
    [{from: {}}, 'schedule.phases[0].from:', 'either ms or percent'],
    [{from: {percent: 200}}, 'schedule.phases[0].from.percent:'],
    [{from: {ms: -1}}, 'schedule.phases[0].from.ms:'],
    [{from: {ms: 0}, profile: '9G'}, 'schedule.phases[0].profile:', '"9G"'],
    [{from: {ms: 0}, every: 100}, 'schedule.phases[0].for:'],
    [
      {from: {ms: 0}, every: 100, for: 80, spread: 30},
      'schedule.phases[0].every:',
      'Raise it',
    ],
    [{from: {ms: 0}, for: 0}, 'schedule.phases[0].for:', 'got 0'],
    [{from: {ms: 0}, offline: 1}, 'schedule.phases[0].offline:'],
    [{from: {ms: 0}, til: 1}, 'schedule.phases[0].til:', 'no such field'],
  ];
  for (const [phase, ...words] of bad) {
    it(`refuses ${JSON.stringify(phase)}`, () => {
      const sentence = refusal(() =>
        parseSchedule({name: 'x', phases: [phase]}),
      );
      for (const word of words) expect(sentence).to.contain(word);
    });
  }
});
