import {expect} from '@esm-bundle/chai';
import {createManualClock} from '../../../../inspector-core/seams/manual-clock.js';
import {createProgressBook} from '../../../../inspector-core/conditions/schedule/progress.js';
import {
  createConditions,
  trainTunnel,
} from '../../../../inspector-core/conditions/conditions.js';
import {attempt, contextOf} from '../support/download.js';
import {makeFile, makeServer} from '../support/made-up-server.js';

const FILE = makeFile(10_000);

describe('What a schedule knows of progress', () => {
  it('is of all records of a fetch, and not of one before it of its id', () => {
    const book = createProgressBook([40]);
    const report = (key: number, record: number, position: number) =>
      book.report(
        contextOf({key, record, records: 2, downloadTotal: 100}),
        position,
        undefined,
        position,
      );
    report(1, 0, 20);
    expect(report(1, 1, 19)).to.deep.equal({hasReached: false, left: 1});
    expect(report(2, 0, 39)).to.deep.equal({hasReached: false, left: 1});
    expect(report(2, 1, 1)).to.deep.equal({hasReached: true, left: Infinity});
  });

  it('is nothing where the server says a length that is none', async () => {
    for (const length of ['10000, 10000', 'many', '']) {
      const clock = createManualClock();
      const server = makeServer(FILE);
      const conditions = createConditions({clock, schedule: trainTunnel()});
      const network = conditions.shapeNetwork({
        ...server,
        async fetch(request) {
          const {body} = await server.fetch(request);
          return new Response(body, {headers: {'Content-Length': length}});
        },
      });
      const {bytes, end} = await clock.run(attempt(clock, network));
      expect([bytes.length, end]).to.deep.equal([10_000, 'end']);
    }
  });
});
