import {assert} from '@esm-bundle/chai';
import type {Rule} from '../../../inspector-core/protocol/protocol.js';
import {failThis} from '../../../panel/conditions/fail-this.js';
import {Preview} from '../../../panel/conditions/preview.js';
import {playScenario} from '../../../stories/support/story-state.js';
import {Recorder, request, source} from '../../support/entries.js';

const drop: Rule['effect'] = {type: 'drop'};

/** The rule, record and attempt of each match. */
const matchesOf = (rules: readonly Rule[], scenario: 'resumed' | 'happy') =>
  new Preview(rules)
    .matches(playScenario(scenario).fetches)
    .map(({rule, record, attempt}) => [rule, record, attempt]);

describe('a preview of rules', () => {
  it('asks about every attempt that the log has', () => {
    assert.deepEqual(
      matchesOf([{match: {url: '*://*/ep-6.mp3'}, effect: drop}], 'resumed'),
      [
        [0, 0, 1],
        [0, 0, 2],
      ],
    );
  });

  it('gives each to the first rule that fits, and to none that is off', () => {
    const rules: readonly Rule[] = [
      {enabled: false, effect: drop},
      {match: {attempt: {first: 1}}, effect: drop},
      {effect: drop},
    ];
    assert.deepEqual(matchesOf(rules, 'resumed'), [
      [1, 0, 1],
      [2, 0, 2],
      [1, 1, 1],
    ]);
  });

  it('asks about calls where a rule is of calls', () => {
    const rules: readonly Rule[] = [{effect: {type: 'too-many-fetches'}}];
    assert.deepEqual(matchesOf(rules, 'happy'), [[0, undefined, 1]]);
  });

  it('is asked again only where there is something else to be asked', () => {
    const page = source('page');
    const log = new Recorder().add(page, {
      type: 'call-started',
      call: 1,
      invocation: {
        method: 'fetch',
        id: 'a',
        requests: [request('https://podcast.example/a.mp3')],
      },
    });
    const preview = new Preview([{effect: drop}]);
    const [first] = preview.matches(log.fetches);
    log.add(page, {
      type: 'call-settled',
      call: 1,
      duration: 1,
      outcome: {status: 'rejected', error: {name: 'TypeError', message: ''}},
    });
    // Another state of the same fetch, and the same answer.
    assert.strictEqual(preview.matches(log.fetches)[0], first);
    assert.deepEqual(preview.matches([]), []);
  });

  it('tries a rule at a place: it has what those before it leave', () => {
    const {fetches} = playScenario('resumed');
    const first: Rule = {match: {attempt: {first: 1}}, effect: drop};
    const half: Rule = {match: {probability: 0.5}, effect: drop};
    const mp3: Rule = {match: {url: '*://*/*.mp3'}, effect: drop};
    for (const rules of [[], [first], [mp3, first], [half, half, first]]) {
      const preview = new Preview(rules);
      for (let place = 0; place <= rules.length; place += 1) {
        for (const rule of [first, half, mp3]) {
          const whole = new Preview(
            rules.toSpliced(place, place < rules.length ? 1 : 0, rule),
          );
          assert.deepEqual(
            preview.try(rule, place)(fetches),
            whole.matches(fetches).filter((match) => match.rule === place),
          );
        }
      }
    }
  });

  it('tries a rule without asking the others again', () => {
    let asked = 0;
    const fetches = playScenario('resumed').fetches.map((fetch) => ({
      ...fetch,
      records: fetch.records.map((record) => ({
        ...record,
        request: {
          ...record.request,
          get url() {
            asked += 1;
            return record.request.url;
          },
        },
      })),
    }));
    const rules = Array.from({length: 100}, (_, index): Rule => ({
      match: {url: `*://*/${index}`},
      effect: drop,
    }));
    const preview = new Preview(rules);
    assert.deepEqual(preview.matches(fetches), []);
    assert.isAbove(asked, 100);
    for (const record of [0, 1]) {
      asked = 0;
      const tried = preview.try({match: {record}, effect: drop}, 100)(fetches);
      assert.isNotEmpty(tried);
      // To be shown.
      assert.equal(asked, tried.length);
    }
  });

  it('takes a pattern from the place that it is given', () => {
    const rule: Rule = {match: {url: '/*.mp3'}, effect: drop};
    const {fetches} = playScenario('happy');
    const from = (base: string) =>
      new Preview([rule], 1, base).matches(fetches).length;
    assert.equal(from('https://podcast.example/sw.js'), 1);
    assert.equal(from('https://elsewhere.example/sw.js'), 0);
  });

  it('fits what "Fail this one" was asked of, and nothing else', () => {
    const urls = ['/a+b.mp3?x=(1)&y={2}*', '/:id/\\?x', '/a+b.mp3?x=1'];
    const [fetch] = new Recorder().add(source('page'), {
      type: 'call-started',
      call: 1,
      invocation: {
        method: 'fetch',
        scope: 'https://podcast.example/',
        id: 'ep-1',
        requests: urls.map((url) => request(url)),
      },
    }).fetches;
    if (fetch === undefined) throw new Error('no fetch');
    for (const record of fetch.records) {
      const rule = failThis(fetch, record);
      const {record: _, ...match} = rule.match ?? {};
      const found = new Preview([{...rule, match}]).matches([fetch]);
      assert.deepEqual(
        found.map((each) => each.record),
        [record.index],
        record.request.url,
      );
    }
    const whole = new Preview([failThis(fetch, undefined)]).matches([fetch]);
    assert.equal(whole.length, urls.length);
  });
});
