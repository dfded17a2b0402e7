import {assert} from '@esm-bundle/chai';
import {Panel} from '../../../panel/elements/panel/panel.js';
import {
  DEFAULT_SETTINGS,
  SettingsEvent,
} from '../../../panel/events/settings-event.js';
import {
  keepSettings,
  readSettings,
  rememberSettings,
} from '../../../panel/host/settings.js';

const KEY = 'bgf-settings';

describe('settings', () => {
  beforeEach(() => localStorage.removeItem(KEY));
  after(() => localStorage.removeItem(KEY));

  it('are there again after the panel was loaded again', () => {
    const before = new Panel();
    rememberSettings(before);
    before.dispatchEvent(new SettingsEvent({preserveLog: true}));
    before.dispatchEvent(new SettingsEvent({treeWidth: 480}));
    const after = new Panel();
    rememberSettings(after);
    assert.deepEqual(after.settings, {
      ...DEFAULT_SETTINGS,
      preserveLog: true,
      treeWidth: 480,
    });
    after.dispatchEvent(new SettingsEvent({treeWidth: undefined}));
    assert.isUndefined(readSettings().treeWidth);
  });

  it('keep the route for sessions to come, and what panels set beside it', () => {
    keepSettings({route: 'emulated'});
    const panel = new Panel();
    rememberSettings(panel);
    panel.dispatchEvent(new SettingsEvent({view: 'entries'}));
    assert.equal(readSettings().route, 'emulated');
    assert.equal(readSettings().view, 'entries');
  });

  it('keep networks of the user’s own, and drop what is none', () => {
    const boat = {name: 'A boat', download: 5_000, latency: 900};
    keepSettings({profiles: [boat]});
    assert.deepEqual(readSettings().profiles, [boat]);
    const wrong = [{name: '3G'}, {name: 'No', download: -1}, 7, null];
    localStorage.setItem(KEY, JSON.stringify({profiles: [...wrong, boat]}));
    assert.deepEqual(readSettings().profiles, [boat]);
  });

  it('fall back to the defaults where what was kept cannot be understood', () => {
    const unreadable = [
      'not JSON',
      'null',
      '7',
      '{"outcome": "lost", "view": 3, "preserveLog": "yes"}',
      '{"timeFormat": "toString", "treeWidth": "12px", "detailHeight": -4}',
      '{"route": "sideways"}',
      '{"profiles": {"name": "A boat"}}',
    ];
    for (const stored of unreadable) {
      localStorage.setItem(KEY, stored);
      assert.deepEqual(
        readSettings(),
        {...DEFAULT_SETTINGS, route: 'auto'},
        stored,
      );
    }
  });
});
