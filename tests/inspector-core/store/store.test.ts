import {expect} from '@esm-bundle/chai';
import {inspectorProjection} from '../../../inspector-core/projections/projections.js';
import {createStore} from '../../../inspector-core/store/store.js';
import {
  Recorder,
  registration,
  snapshot,
  source,
} from '../../support/entries.js';

const page = source('page');

const seen = (id: string, instance: number) =>
  ({
    type: 'registration-seen',
    registration: registration(id, instance),
    snapshot: snapshot(),
    via: 'get',
  }) as const;

describe('createStore', () => {
  it('starts with what the log holds and follows it', () => {
    const {log} = new Recorder().add(page, seen('a', 1));
    const store = createStore(log, inspectorProjection);
    const sizes: number[] = [];
    store.state$.subscribe(({fetches}) => sizes.push(fetches.all.size));
    log.append(page, [{seq: 2, at: 2, fact: seen('b', 2)}]);
    expect(store.state.fetches.all.size).to.equal(2);
    expect(sizes).to.deep.equal([1, 2]);
  });

  it('is silent when nothing it folds has changed', () => {
    const {log} = new Recorder();
    const store = createStore(log, inspectorProjection);
    let emissions = 0;
    store.state$.subscribe(() => (emissions += 1));
    const before = store.state;
    log.append(page, [{seq: 1, at: 1, fact: {type: 'realm-suspended'}}]);
    expect(store.state).to.equal(before);
    expect(emissions).to.equal(1);
  });

  it('has the same state whether the log has folded its oldest or not', () => {
    const long = new Recorder({capacity: 100_000});
    const short = new Recorder({capacity: 20});
    const stores = [long, short].map(({log}) =>
      createStore(log, inspectorProjection),
    );
    for (let index = 1; index <= 300; index += 1) {
      const facts = [
        seen(`id-${index}`, index),
        {
          type: 'registration-progressed',
          registration: registration(`id-${index}`, index),
          snapshot: snapshot({downloaded: index, result: 'success'}),
        },
      ] as const;
      long.add(page, ...facts);
      short.add(page, ...facts);
    }
    const [a, b] = stores.map((store) => store.state);
    expect(b).to.deep.equal(a);
    expect(short.state).to.deep.equal(a);
    expect(short.log.first).to.be.greaterThan(1);
  });

  it('stops following when closed', () => {
    const {log} = new Recorder();
    const store = createStore(log, inspectorProjection);
    store.close();
    log.append(page, [{seq: 1, at: 1, fact: seen('a', 1)}]);
    expect(store.state.fetches.all.size).to.equal(0);
  });
});
