import {assert} from '@esm-bundle/chai';
import {html} from 'lit';
import {fasterSchedule} from '../../../inspector-core/conditions/schedule/faster-schedule.js';
import {commutingDay} from '../../../inspector-core/conditions/schedule/presets.js';
import type {
  ConditionsFile,
  Rule,
} from '../../../inspector-core/protocol/protocol.js';
import '../../../panel/elements/rules-drawer/rules-drawer.js';
import type {DrawerPlace} from '../../../panel/events/drawer-event.js';
import {createStoryInspector} from '../../../stories/support/story-inspector.js';
import {scenario} from '../../../stories/support/scenario/scenario.js';
import {
  scenarios,
  type ScenarioName,
} from '../../../stories/support/scenarios.js';
import {findViolations} from '../support/axe.js';
import {find, mount, press, unmountAll} from '../support/mount.js';
import {settle} from '../support/settle.js';

/** The drawer over a session that does what it is asked. */
async function mountDrawer(
  place: DrawerPlace = {at: 'rules'},
  log: ScenarioName = 'conditions',
) {
  const inspector = createStoryInspector(scenario(scenarios[log]));
  const drawer = await mount(
    'bgf-rules-drawer',
    html`<bgf-rules-drawer
      .place=${place}
      .state=${inspector.store.state}
      style="block-size: 100%"
    ></bgf-rules-drawer>`,
    {width: 420},
  );
  const sent: ConditionsFile[] = [];
  drawer.addEventListener('bgf-command', ({command}) => {
    if (command.type === 'set-conditions') sent.push(command.conditions);
    void inspector.execute(command).then(() => {
      drawer.state = inspector.store.state;
    });
  });
  const rules = (): readonly Rule[] =>
    inspector.store.state.session.conditions.rules ?? [];
  return {drawer, sent, rules, inspector};
}

const settled = (): Promise<void> => settle(document.body);

const click = async (root: Element, selector: string): Promise<void> => {
  find(root, selector).click();
  await settled();
};

/** Writes into a field of the form, as a user does. */
function write(drawer: Element, name: string, text: string): void {
  const field = find(find(drawer, 'bgf-rule-editor'), `[name="${name}"]`);
  if (
    !(field instanceof HTMLInputElement) &&
    !(field instanceof HTMLSelectElement)
  ) {
    throw new Error(`${name} is no field`);
  }
  field.value = text;
  field.dispatchEvent(
    new Event(field instanceof HTMLSelectElement ? 'change' : 'input'),
  );
}

const names = (rules: readonly Rule[]) => rules.map(({effect}) => effect.type);

describe('<bgf-rules-drawer>', () => {
  afterEach(unmountAll);

  it('lists the rules in words, how often they fired and what they fit', async () => {
    const {drawer} = await mountDrawer();
    const items = [...(drawer.shadowRoot?.querySelectorAll('li') ?? [])];
    const texts = items.map(({textContent}) =>
      textContent.replaceAll(/\s+/g, ' '),
    );
    assert.include(texts[0], 'status 503 for the first attempt of /*.mp3');
    assert.include(texts[0], 'fired 2×');
    assert.include(texts[0], 'fits 2 requests in the log');
    assert.include(texts[1], 'A lift between the floors');
    assert.include(texts[1], 'offline for 10.0 s at 40 % for record 1 in ep-4');
    assert.include(texts[2], 'has not fired');
  });

  it('switches one off and on', async () => {
    const {drawer, rules} = await mountDrawer();
    await click(drawer, '[data-rule="0"] input');
    assert.isFalse(rules()[0]?.enabled);
    await click(drawer, '[data-rule="0"] input');
    assert.isTrue(rules()[0]?.enabled);
    assert.lengthOf(rules(), 3);
  });

  it('moves one by its buttons and by keys, and keeps hold of it', async () => {
    const {drawer, rules} = await mountDrawer();
    await click(drawer, '[data-rule="0"] .down');
    assert.deepEqual(names(rules()), ['offline', 'status', 'stall']);
    const held = drawer.shadowRoot?.activeElement;
    assert.isTrue(held === find(drawer, '[data-rule="1"] .down'));
    press(find(drawer, '[data-rule="1"] .down'), 'ArrowDown', {altKey: true});
    await settled();
    assert.deepEqual(names(rules()), ['offline', 'stall', 'status']);
    press(find(drawer, '[data-rule="2"] .down'), 'ArrowDown', {altKey: true});
    await settled();
    assert.deepEqual(names(rules()), ['offline', 'stall', 'status']);
  });

  it('duplicates and deletes', async () => {
    const {drawer, rules} = await mountDrawer();
    await click(drawer, '[data-rule="1"] .copy');
    assert.deepEqual(names(rules()), ['status', 'offline', 'offline', 'stall']);
    await click(drawer, '[data-rule="0"] .delete');
    await click(drawer, '[data-rule="0"] .delete');
    assert.deepEqual(names(rules()), ['offline', 'stall']);
  });

  it('adds one, and says first which past requests it fits', async () => {
    const {drawer, rules} = await mountDrawer();
    await click(drawer, '.add');
    write(drawer, 'effect', 'status');
    await settled();
    write(drawer, 'effect.status', '418');
    write(drawer, 'match.fetchId', 'ep-5');
    await settled();
    const editor = find(drawer, 'bgf-rule-editor');
    // The first rule takes the first attempt of every .mp3.
    assert.include(
      editor.shadowRoot?.textContent,
      'It fits nothing in the log so far.',
    );
    write(drawer, 'match.fetchId', 'ep-4');
    await settled();
    assert.include(editor.shadowRoot?.textContent, 'it fits 1 request:');
    assert.include(editor.shadowRoot?.textContent, 'ep-4.jpg in ep-4');
    await click(editor, '[type=submit]');
    assert.deepEqual(rules().at(-1), {
      match: {fetchId: 'ep-4', attempt: {first: 1}},
      effect: {type: 'status', status: 418},
    });
  });

  it('has the keyboard in the form that it opens, and behind it in the list', async () => {
    const {drawer} = await mountDrawer();
    const fieldOf = (): string | null | undefined =>
      drawer.shadowRoot?.activeElement?.shadowRoot?.activeElement?.getAttribute(
        'name',
      );
    for (const opener of ['.add', '[data-rule="1"] .edit']) {
      await click(drawer, opener);
      assert.equal(fieldOf(), 'effect', opener);
      const [, cancel] = find(
        drawer,
        'bgf-rule-editor',
      ).renderRoot.querySelectorAll<HTMLElement>('.buttons button');
      cancel?.click();
      await settled();
      const held = drawer.shadowRoot?.activeElement;
      assert.isTrue(held === find(drawer, opener), opener);
    }
    drawer.place = {at: 'new-rule', rule: {effect: {type: 'drop'}}};
    await settled();
    assert.equal(fieldOf(), 'effect');
  });

  it('says at its field what cannot be, and sends nothing', async () => {
    const {drawer, sent} = await mountDrawer();
    await click(drawer, '[data-rule="0"] .edit');
    write(drawer, 'effect.status', '99');
    await settled();
    const editor = find(drawer, 'bgf-rule-editor');
    assert.isNull(editor.shadowRoot?.querySelector('.problem'));
    await click(editor, '[type=submit]');
    const problem = find(editor, '.problem');
    assert.equal(problem.dataset['path'], 'effect.status');
    assert.include(problem.textContent, 'from 200 to 599, got 99');
    assert.equal(
      editor.shadowRoot?.activeElement?.getAttribute('name'),
      'effect.status',
    );
    assert.deepEqual(sent, []);
    write(drawer, 'effect.status', '404');
    await settled();
    await click(editor, '[type=submit]');
    assert.lengthOf(sent, 1);
  });

  it('says what comes of a rule on the browser’s own route', async () => {
    const {drawer, inspector} = await mountDrawer({
      at: 'new-rule',
      rule: {effect: {type: 'truncate'}},
    });
    const editor = find(drawer, 'bgf-rule-editor');
    const sentence = 'The emulated route can do it';
    // With route auto the engine has whatever a rule applies to.
    assert.notInclude(editor.shadowRoot?.textContent, sentence);
    await inspector.execute({type: 'set-route', route: 'native'});
    drawer.state = inspector.store.state;
    await settled();
    assert.include(editor.shadowRoot?.textContent, sentence);
    await click(editor, '.past .link');
    assert.deepEqual(inspector.commands.at(-1), {
      type: 'set-route',
      route: 'emulated',
    });
  });

  it('says at each rule who counts it on the browser’s own route', async () => {
    const {drawer} = await mountDrawer({at: 'rules'}, 'nativeConditions');
    const items = drawer.shadowRoot?.querySelectorAll('.rules li') ?? [];
    const [blocks, rejects, truncates] = [...items].map(
      ({textContent}) => textContent,
    );
    assert.include(blocks, 'Chrome does not tell how often');
    assert.notInclude(blocks, 'has not fired');
    assert.include(rejects, 'has not fired');
    assert.include(truncates, 'nothing comes of it on the native route');
  });

  it('says what it needs for the browser’s own route, and asks for it', async () => {
    const {drawer, inspector} = await mountDrawer(
      {at: 'rules'},
      'nativeConditions',
    );
    const notice = find(drawer, '.native').textContent.replaceAll(/\s+/g, ' ');
    assert.include(notice, 'The network: Nothing can slow down');
    assert.include(notice, 'what other tabs of this origin fetch');
    assert.include(notice, 'may reach https://podcast.example');
    assert.deepEqual(await findViolations(drawer), []);
    await click(drawer, '.native .open');
    assert.deepEqual(inspector.commands.at(-1), {
      type: 'request-wire-access',
      origins: ['https://podcast.example'],
    });
    await settled();
    assert.isNull(drawer.shadowRoot?.querySelector('.native .open') ?? null);
    assert.notInclude(find(drawer, '.native').textContent, 'may reach');
    await click(drawer, '.native .emulate');
    assert.isNull(drawer.shadowRoot?.querySelector('.native') ?? null);
  });

  it('takes a file whole, or nothing of it with the rule and the field', async () => {
    const {drawer, sent} = await mountDrawer();
    const effect = {type: 'drop'};
    const files: readonly (readonly [string, RegExp | undefined])[] = [
      ['{"version":', /It is no JSON/],
      ['{"version":2}', /version: 2 is newer than 1/],
      [
        JSON.stringify({version: 1, rules: [{effect}, {effect, when: 1}]}),
        /rules\[1\]\.when: there is no such field/,
      ],
      [
        JSON.stringify({
          version: 1,
          rules: Array.from({length: 10_000}, () => ({effect})),
        }),
        /10000 entries, and 1000 are the most/,
      ],
      [JSON.stringify({version: 1, rules: [{effect}]}), undefined],
    ];
    const input = find(drawer, 'input[type=file]') as HTMLInputElement;
    for (const [text, problem] of files) {
      const given = new DataTransfer();
      given.items.add(new File([text], 'rules.json'));
      input.files = given.files;
      input.dispatchEvent(new Event('change'));
      await settled();
      const shown = drawer.shadowRoot?.querySelector('.import');
      if (problem === undefined) {
        assert.isNull(shown);
        assert.deepEqual(names(sent.at(-1)?.rules ?? []), ['drop']);
      } else {
        assert.match(shown?.textContent ?? '', problem);
        assert.deepEqual(sent, []);
      }
    }
  });

  it('sets a network, a schedule, chance, storage and permission', async () => {
    const {drawer, sent} = await mountDrawer({at: 'network'});
    const form = find(drawer, 'bgf-conditions-form');
    assert.isTrue(document.activeElement === drawer);
    const set = async (name: string, text: string): Promise<void> => {
      const field = find(form, `[name="${name}"]`) as HTMLInputElement;
      field.value = text;
      field.dispatchEvent(new Event('input'));
      field.dispatchEvent(new Event('change', {bubbles: true}));
      await settled();
    };
    await set('name', 'A boat');
    await set('jitter', '9999');
    await click(form, '.link-form [type=submit]');
    assert.include(find(form, '.problem').textContent, 'Raise the latency');
    assert.deepEqual(sent, []);
    await set('jitter', '');
    await set('name', '3G');
    await click(form, '.link-form [type=submit]');
    assert.include(find(form, '.problem').textContent, 'is a preset');
    await set('name', 'A boat');
    await click(form, '.link-form [type=submit]');
    assert.deepInclude(sent.at(-1)?.profile, {name: 'A boat'});
    await set('schedule', 'Flaky café');
    assert.equal(sent.at(-1)?.schedule?.name, 'Flaky café');
    await set('schedule', 'A day of commuting ×100');
    await set('seed', '7');
    assert.deepEqual(
      sent.at(-1)?.schedule,
      fasterSchedule(commutingDay(7), 100),
    );
    await set('quota', '5000');
    await set('permission', 'denied');
    assert.deepInclude(sent.at(-1), {
      seed: 7,
      quota: 5_000,
      permission: 'denied',
    });
    await set('schedule', '');
    assert.isUndefined(sent.at(-1)?.schedule);
    const before = sent.length;
    await set('quota', '-1');
    assert.include(find(form, '.problem').textContent, 'got -1');
    assert.lengthOf(sent, before);
  });

  it('keeps what is written in a form while something else is set', async () => {
    const {drawer, inspector} = await mountDrawer({at: 'network'});
    const form = find(drawer, 'bgf-conditions-form');
    const texts = (): readonly (string | undefined)[] =>
      ['name', 'latency', 'loss.stall', 'quota'].map(
        (name) =>
          form.renderRoot.querySelector<HTMLInputElement>(`[name="${name}"]`)
            ?.value,
      );
    /** As a session has it: read anew from a file, whatever was set. */
    const set = async (parts: Partial<ConditionsFile>): Promise<void> => {
      const {state} = inspector.store;
      const {session} = state;
      const conditions = structuredClone({...session.conditions, ...parts});
      drawer.state = {...state, session: {...session, conditions}};
      await settled();
    };
    const boat = {name: 'A boat', latency: 900, loss: {rate: 0.1, stall: 400}};
    await set({profile: boat, quota: 5_000});
    assert.deepEqual(texts(), ['A boat', '900', '400', '5000']);
    for (const name of ['latency', 'quota']) {
      const field = find(form, `[name="${name}"]`) as HTMLInputElement;
      field.value = '70';
      field.dispatchEvent(new Event('input'));
    }
    await set({profile: boat, quota: 5_000, offline: true});
    assert.deepEqual(texts(), ['A boat', '70', '400', '70']);
    await set({profile: boat, quota: 6_000});
    assert.deepEqual(texts(), ['A boat', '70', '400', '6000']);
    await set({profile: {...boat, latency: 800}, quota: 6_000});
    assert.deepEqual(texts(), ['A boat', '800', '400', '6000']);
  });

  it('keeps networks by their names, and forgets them', async () => {
    const {drawer, sent} = await mountDrawer({at: 'network'});
    const train = {name: 'A train', download: 1_000};
    drawer.profiles = [train];
    drawer.addEventListener('bgf-settings', ({changes}) => {
      drawer.profiles = changes.profiles ?? drawer.profiles;
    });
    const form = find(drawer, 'bgf-conditions-form');
    const name = find(form, '[name=name]') as HTMLInputElement;
    name.value = 'A boat';
    name.dispatchEvent(new Event('input'));
    await settled();
    assert.isNull(form.shadowRoot?.querySelector('.forget'));
    await click(form, '.link-form [type=submit]');
    assert.deepEqual(
      drawer.profiles.map((profile) => profile.name),
      ['A train', 'A boat'],
    );
    await settled();
    const before = sent.length;
    await click(form, '.forget');
    assert.deepEqual(drawer.profiles, [train]);
    // What holds goes on to hold.
    assert.lengthOf(sent, before);
  });

  it('is accessible with a form that has something wrong', async () => {
    const {drawer} = await mountDrawer();
    await click(drawer, '[data-rule="0"] .edit');
    write(drawer, 'effect.status', '99');
    await settled();
    await click(find(drawer, 'bgf-rule-editor'), '[type=submit]');
    assert.deepEqual(await findViolations(drawer), []);
  });
});
