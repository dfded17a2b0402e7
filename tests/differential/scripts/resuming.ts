/** What is done about connections that break, and servers that are busy. */
import type {Step} from '../../../scripts/wtr/scripted-step.js';
import {describeTraffic, until} from '../support/describe.js';
import type {Fact, Lab, Script} from '../support/script.js';
import {complete} from './endings.js';

const SIZE = 300_000;

/** Cuts the connection once the browser has told that the bytes have come. */
const broken =
  (...steps: readonly Step[]) =>
  async (lab: Lab): Promise<Fact> => {
    const file = lab.file(SIZE, {drop: 100_000}, ...steps);
    const facts = complete(lab, file.url);
    await until(
      async () => ((await lab.manager.get(lab.id))?.downloaded ?? 0) >= 100_000,
    );
    await file.cut();
    return {facts: await facts, traffic: describeTraffic(await file.log())};
  };

export const RESUMING: readonly Script[] = [
  {name: 'resumes where it was', run: broken({})},
  {name: 'starts again when no part is given', run: broken({ranges: false})},
  {name: 'starts again when the file has changed', run: broken({etag: '"2"'})},
  {name: 'resumes without a length', run: broken({chunked: true})},
  {name: 'is refused when it resumes', run: broken({status: 404})},
  {
    name: 'asks again when the server is busy',
    async run(lab) {
      const file = lab.file(100, {status: 503}, {});
      const facts = await complete(lab, file.url);
      return {facts, traffic: describeTraffic(await file.log())};
    },
  },
];
