import {expect} from '@esm-bundle/chai';
import type {Rule} from '../../../../inspector-core/protocol/protocol.js';
import {
  makeNetRules,
  type NetRule,
} from '../../../../panel/extension/native-rules/make-net-rules.js';

const ORIGIN = 'http://localhost:3000';
const OWN = `${ORIGIN}/media/a`;
const OTHER = 'https://cdn.example/media/a';
const OTHER_PORT = 'http://localhost:4000/media/a';

const make = (
  rules: readonly Rule[],
  rest: {readonly offline?: boolean} = {},
): readonly NetRule[] => makeNetRules({version: 1, rules, ...rest}, [ORIGIN]);

/** What Chrome would do, by its documentation, to a request of this host. */
function actionsFor(
  rules: readonly NetRule[],
  url: string,
  method = 'get',
): readonly string[] {
  const fitting = rules
    .filter(({condition}) => {
      const {regexFilter, urlFilter, requestMethods} = condition;
      if (regexFilter !== undefined && !new RegExp(regexFilter).test(url)) {
        return false;
      }
      if (urlFilter !== undefined && !url.startsWith(urlFilter.slice(1))) {
        return false;
      }
      return requestMethods?.includes(method as 'get') ?? true;
    })
    .toSorted((a, b) => b.priority - a.priority);
  const end = fitting.findIndex(({action}) => action.type !== 'modifyHeaders');
  return fitting
    .slice(0, end === -1 ? undefined : end + 1)
    .map(({action}) => action.type)
    .filter((type) => type !== 'allow');
}

const block: Rule = {effect: {type: 'fail', reason: 'bad-status'}};
const lose: Rule = {effect: {type: 'network-error'}};
const headers: Rule = {
  effect: {type: 'headers', headers: {'X-A': 'b', ETag: ''}},
};

describe('makeNetRules', () => {
  it('makes none where nothing can be had, or is set', () => {
    expect(make([])).to.deep.equal([]);
    expect(make([{effect: {type: 'drop'}}])).to.deep.equal([]);
    expect(make([{...lose, enabled: false}])).to.deep.equal([]);
    expect(make([{...lose, match: {fetchId: 'a'}}])).to.deep.equal([]);
    expect(
      make([{effect: {type: 'quota-exceeded'}, trigger: {at: 'call'}}]),
    ).to.deep.equal([]);
  });

  it('is about what Chrome itself fetches, for this host, and no other', () => {
    for (const {condition} of make([lose, headers], {offline: true})) {
      expect(condition.tabIds).to.deep.equal([-1]);
      expect(condition.resourceTypes).to.deep.equal(['other']);
      expect(condition.initiatorDomains).to.deep.equal(['localhost']);
      expect(condition.isUrlFilterCaseSensitive).to.equal(true);
    }
  });

  it('leaves other ports of the host alone', () => {
    const rules = make([lose]);
    expect(actionsFor(rules, OWN)).to.deep.equal(['redirect']);
    expect(actionsFor(rules, OTHER)).to.deep.equal(['redirect']);
    expect(actionsFor(rules, OTHER_PORT)).to.deep.equal([]);
  });

  it('blocks only where that ends as it says', () => {
    const rules = make([block]);
    expect(actionsFor(rules, OWN)).to.deep.equal(['block']);
    expect(actionsFor(rules, OTHER)).to.deep.equal([]);
  });

  it('lets the first that fits win, also over those it cannot have', () => {
    const first = {...headers, match: {url: '/media/*'}};
    const rules = make([first, block, lose]);
    expect(actionsFor(rules, OWN)).to.deep.equal(['modifyHeaders']);
    expect(actionsFor(rules, `${ORIGIN}/b`)).to.deep.equal(['block']);
    const shield: Rule = {match: {url: '/media/*'}, effect: {type: 'drop'}};
    const shielded = make([shield, lose]);
    expect(actionsFor(shielded, OWN)).to.deep.equal([]);
    expect(actionsFor(shielded, `${ORIGIN}/b`)).to.deep.equal(['redirect']);
    // It is about other requests, as far as can be told.
    const untold = make([{...shield, match: {fetchId: 'a'}}, lose]);
    expect(actionsFor(untold, OWN)).to.deep.equal(['redirect']);
  });

  it('lets no rule come before being offline', () => {
    const rules = make([block], {offline: true});
    expect(actionsFor(rules, OWN)).to.deep.equal(['redirect']);
    expect(actionsFor(rules, OTHER)).to.deep.equal(['redirect']);
  });

  it('tells requests by URL and method', () => {
    const rules = make([
      {...lose, match: {url: 'https://cdn.example/*', method: 'POST'}},
    ]);
    expect(actionsFor(rules, OTHER, 'post')).to.deep.equal(['redirect']);
    expect(actionsFor(rules, OTHER)).to.deep.equal([]);
    expect(actionsFor(rules, OWN, 'post')).to.deep.equal([]);
  });

  it('takes relative patterns from the root of the origin, as the worker does', () => {
    for (const url of ['/media/*', 'media/*', './media/*']) {
      const rules = make([{...lose, match: {url}}]);
      expect(actionsFor(rules, OWN), url).to.deep.equal(['redirect']);
      expect(actionsFor(rules, OTHER), url).to.deep.equal([]);
    }
  });

  it('sets headers, and takes them away', () => {
    const [rule] = make([headers]).map(({action}) => action);
    expect(rule?.responseHeaders).to.deep.equal([
      {header: 'X-A', operation: 'set', value: 'b'},
      {header: 'ETag', operation: 'remove'},
    ]);
    expect(make([{effect: {type: 'headers', headers: {}}}, lose])).to.satisfy(
      (rules: readonly NetRule[]) => actionsFor(rules, OWN).length === 0,
    );
  });

  it('redirects', () => {
    const to = 'https://other.example/';
    const [rule] = make([{effect: {type: 'redirect', to}}]);
    expect(rule?.action).to.deep.equal({type: 'redirect', redirect: {url: to}});
  });
});
