import {expect} from '@esm-bundle/chai';
import type {
  Clock,
  Network,
  Random,
} from '../../../inspector-core/conditions/seams.js';
import type {Clock as EngineClock} from '../../../inspector-core/engine/seams/clock.js';
import type {Network as EngineNetwork} from '../../../inspector-core/engine/seams/network.js';
import {createSeededRandom} from '../../../inspector-core/engine/seams/random.js';
import {createManualClock as createEngineClock} from '../../../inspector-core/engine/seams/manual-clock.js';
import {createManualClock} from '../../../inspector-core/conditions/clock/manual-clock.js';
import {createSystemNetwork} from '../../../inspector-core/engine/seams/system-network.js';

describe('The seams of conditions', () => {
  it("take the engine's clock, network and random numbers", () => {
    // Most of this test is that it compiles.
    const clock: Clock = createEngineClock();
    const network: Network = createSystemNetwork();
    const random: Random = createSeededRandom(1);
    expect([clock.now(), network.isOnline()]).to.deep.equal([0, true]);
    expect(random()).to.be.below(1);
  });

  it('give the engine a clock and a network', () => {
    const clock: EngineClock = createManualClock({start: 3});
    const network: EngineNetwork = createSystemNetwork() satisfies Network;
    expect([clock.now(), network.isOnline()]).to.deep.equal([3, true]);
  });
});
