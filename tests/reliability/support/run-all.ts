import assert from 'node:assert/strict';
import {createDice} from '../../../inspector-core/conditions/random/dice.js';
import {planCampaign, runCampaign, type Scene} from './campaign.js';

/** What a database and its log may take yet, though nothing is in them. */
const SLACK = 16 * 2 ** 20;

/**
 * Campaign after campaign, until there were so many disturbances. The seed of
 * their plans and moments is printed; `BGF_SEED` sets it.
 */
export async function runAll(
  what: string,
  count: number,
  scene: Scene,
): Promise<void> {
  const seed = Number(
    process.env['BGF_SEED'] ?? Math.floor(Math.random() * 2 ** 31),
  );
  console.log(`${what}: seed ${seed}`);
  const random = createDice(seed).stream('kills');
  const sum = {intact: 0, notSentAgain: 0, givenUp: 0};
  const base = await scene.readUsage();
  let done = 0;
  for (let campaign = 0; done < count; campaign += 1) {
    const plans = planCampaign(`${what}-${campaign}`, random);
    const verdict = await runCampaign(scene, plans, random, count - done);
    done += verdict.disturbances;
    assert.deepEqual(verdict.broken, [], `seed ${seed}, campaign ${campaign}`);
    sum.intact += verdict.intact;
    sum.notSentAgain += verdict.notSentAgain;
    sum.givenUp += verdict.givenUp;
  }
  const grown = (await scene.readUsage()) - base;
  const {lives, stored} = scene.site.ledger;
  console.log(
    `${what}: ${done}, ${done} survived. ${stored} acknowledgements in ${lives} lives, 0 lost; ` +
      `${sum.intact} fetches intact, ${sum.notSentAgain} uploads not sent again, ` +
      `${sum.givenUp} events given up; ${grown} bytes more in use.`,
  );
  assert.ok(grown < SLACK, `${grown} bytes are left in storage`);
}
