import {setTimeout as pause} from 'node:timers/promises';
import type {Random} from '../../../inspector-core/seams/random.js';
import {hashOf, MEBIBYTE} from './files.js';
import {whenStorageIsEmpty, type OnSite} from './on-site.js';
import type {Site} from './site.js';
import {readDownloaded, startFetch, type Plan} from './site-page.js';

/** Where a campaign runs, and what befalls it. */
export interface Scene extends OnSite {
  /** Kills something, and brings it back. */
  disturb(): Promise<void>;
  /** Bytes that the browser keeps for the site. */
  readUsage(): Promise<number>;
}

export interface Verdict {
  disturbances: number;
  /** Fetches whose bytes are those that were served. */
  intact: number;
  /** POSTs that were under way when the worker was killed. */
  notSentAgain: number;
  /** Their event was fired three times, and its handler killed each time. */
  givenUp: number;
  readonly broken: string[];
}

/** Some fetches with several records each, with cuts; and one that uploads. */
export function planCampaign(name: string, random: Random): readonly Plan[] {
  const between = (least: number, most: number): number =>
    Math.floor(least + random() * (most - least));
  const plans = Array.from({length: 3}, (_, place): Plan => {
    const id = `${name}-${place}`;
    const files = Array.from({length: between(2, 4)}, (__, record) => {
      const size = between(MEBIBYTE / 2, 5 * MEBIBYTE);
      const drop = between(1, size);
      const isCut = random() < 0.5;
      return {
        id,
        record,
        size,
        rate: between(2, 6) * MEBIBYTE,
        ...(isCut ? {drop, drops: between(1, 3)} : {}),
      };
    });
    return {id, files};
  });
  const id = `${name}-upload`;
  const upload = {id, record: 0, size: between(1, MEBIBYTE), rate: MEBIBYTE};
  return [...plans, {id, files: [upload], bodyLength: between(1, MEBIBYTE)}];
}

/**
 * Starts the fetches, disturbs them at random moments, at most so many times,
 * and sees what comes of them.
 */
export async function runCampaign(
  scene: Scene,
  plans: readonly Plan[],
  random: Random,
  most: number,
): Promise<Verdict> {
  const {ledger} = scene.site;
  const isOver = ({id}: Plan): boolean => ledger.endsOf(id).length > 0;
  const verdict: Verdict = {
    disturbances: 0,
    intact: 0,
    notSentAgain: 0,
    givenUp: 0,
    broken: [],
  };
  const starting = {isOver: false};
  const started = Promise.all(
    plans.map((plan) => startSurely(scene, plan)),
  ).finally(() => {
    starting.isOver = true;
  });
  while (
    verdict.disturbances < most &&
    !(starting.isOver && plans.every(isOver))
  ) {
    await pause(Math.floor(random() * 1_500));
    await scene.disturb();
    verdict.disturbances += 1;
  }
  await started;
  await whenStorageIsEmpty(scene);
  for (const plan of plans) judge(scene.site, plan, verdict);
  verdict.broken.push(...ledger.broken);
  return verdict;
}

/** Though what is asked for it is killed: then it is asked again. */
async function startSurely(scene: Scene, plan: Plan): Promise<void> {
  const {ledger} = scene.site;
  for (;;) {
    const refused = await startFetch(scene.page, plan).catch(String);
    if (refused === undefined || ledger.knows(plan.id)) return;
    const downloaded = await readDownloaded(scene.page, plan.id).catch(
      () => undefined,
    );
    if (downloaded !== undefined || ledger.knows(plan.id)) return;
    await pause(50);
  }
}

function judge({ledger, url}: Site, plan: Plan, verdict: Verdict): void {
  const {id, files, bodyLength} = plan;
  const ends = ledger.endsOf(id);
  const isUpload = bodyLength !== undefined;
  if (ends.length === 0) {
    const events = ledger.eventsOf(id);
    if (events > 1) verdict.givenUp += 1;
    else verdict.broken.push(`${id}: is gone, after ${events} events`);
    return;
  }
  for (const {event, failureReason, records} of ends) {
    if (isUpload && failureReason === 'fetch-error') {
      verdict.notSentAgain += 1;
      return;
    }
    if (event !== 'backgroundfetchsuccess') {
      verdict.broken.push(`${id}: ${event}, "${failureReason}"`);
      return;
    }
    const wrong = records.filter(
      (record) => hashOf(new URL(record.url, url)) !== record.hash,
    );
    if (wrong.length > 0 || records.length !== files.length) {
      verdict.broken.push(`${id}: wrong bytes ${JSON.stringify(records)}`);
      return;
    }
  }
  verdict.intact += 1;
}
