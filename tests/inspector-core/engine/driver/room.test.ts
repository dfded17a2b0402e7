import {expect} from '@esm-bundle/chai';
import {Room} from '../../../../inspector-core/engine/driver/room.js';
import {rejection} from '../support/scripted.js';

/** Lets promise reactions run. */
const settle = (): Promise<void> => new Promise((done) => setTimeout(done));

const never = new AbortController().signal;

describe('Room', () => {
  it('lets four at a time out to a host, and then the first that waits', async () => {
    const room = new Room();
    const out: number[] = [];
    const leave: (() => void)[] = [];
    const enter = async (number: number): Promise<void> => {
      leave[number] = await room.enter('a.example', never);
      out.push(number);
    };
    for (let number = 1; number <= 6; number += 1) void enter(number);
    await settle();
    expect(out).to.deep.equal([1, 2, 3, 4]);
    leave[3]?.();
    await settle();
    expect(out).to.deep.equal([1, 2, 3, 4, 5]);
    leave[5]?.();
    await settle();
    expect(out).to.deep.equal([1, 2, 3, 4, 5, 6]);
  });

  it('is given to each host by itself', async () => {
    const room = new Room(1);
    await room.enter('a.example', never);
    expect(await room.enter('b.example', never)).to.be.a('function');
  });

  it('does not go to one that is cancelled, be it at the last moment', async () => {
    const room = new Room(1);
    const [early, late] = [new AbortController(), new AbortController()];
    const leave = await room.enter('a.example', never);
    const waiting = [early.signal, late.signal].map((signal) =>
      rejection(room.enter('a.example', signal)),
    );
    const last = room.enter('a.example', never);
    early.abort();
    leave();
    // It has been given the room, and does not know yet.
    late.abort();
    for (const reason of await Promise.all(waiting)) {
      expect(reason).to.match(/^AbortError/);
    }
    (await last)();
    expect(await room.enter('a.example', never)).to.be.a('function');
    expect(
      await rejection(room.enter('a.example', AbortSignal.abort())),
    ).to.match(/^AbortError/);
  });
});
