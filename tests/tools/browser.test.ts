import assert from 'node:assert/strict';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {test} from 'node:test';
import {
  chromiumArgs,
  findChromium,
  findFirefox,
  findWebKit,
  prepareProfile,
  type Host,
} from '../../scripts/browser.js';

/** A machine on which exactly these paths can be run. */
function machine(paths: readonly string[], rest: Partial<Host> = {}): Host {
  return {
    platform: 'linux',
    env: {PATH: '/home/me/bin'},
    isExecutable: (path) => paths.includes(path),
    canInstall: false,
    install: () => assert.fail('must not install anything'),
    ...rest,
  };
}

test('takes the browser that the environment names', () => {
  const host = machine(['/opt/mine', '/usr/bin/chromium'], {
    env: {BGF_CHROME: '/opt/mine'},
  });
  assert.equal(findChromium(host), '/opt/mine');
});

test('names the variable when its path cannot be run', () => {
  const host = machine(['/usr/bin/firefox'], {env: {BGF_FIREFOX: '/nowhere'}});
  assert.throws(() => findFirefox(host), {
    message:
      'BGF_FIREFOX is "/nowhere", which cannot be run: set it to the path of Firefox, or unset it.',
  });
});

test('prefers Chromium to Chrome, and PATH to the usual places', () => {
  const all = ['/usr/bin/google-chrome', '/usr/bin/chromium'];
  assert.equal(findChromium(machine(all)), '/usr/bin/chromium');
  assert.equal(
    findChromium(machine([...all, '/home/me/bin/chromium'])),
    '/home/me/bin/chromium',
  );
});

test('looks in the folders of macOS and of Windows', () => {
  const app = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
  assert.equal(findChromium(machine([app], {platform: 'darwin'})), app);
  const exe = 'C:\\Programs\\Mozilla Firefox\\firefox.exe';
  const windows = machine([exe], {
    platform: 'win32',
    env: {PROGRAMFILES: 'C:\\Programs'},
  });
  assert.equal(findFirefox(windows), exe);
});

test('says in one sentence what to do when there is no browser', () => {
  assert.throws(() => findChromium(machine([])), {
    message:
      'Chromium or Chrome was not found: install it (on Debian: apt install chromium), or set BGF_CHROME to its path.',
  });
  assert.throws(() => findFirefox(machine([], {platform: 'darwin'})), {
    message:
      'Firefox was not found: install it, or set BGF_FIREFOX to its path.',
  });
});

test('installs both browsers where it may, then takes the one asked for', () => {
  const present: string[] = [];
  const asked: string[][] = [];
  const host = machine([], {
    canInstall: true,
    isExecutable: (path) => present.includes(path),
    install: (packages) => {
      asked.push([...packages]);
      present.push('/usr/bin/chromium', '/usr/bin/firefox-esr');
      return true;
    },
  });
  assert.equal(findFirefox(host), '/usr/bin/firefox-esr');
  assert.equal(findChromium(host), '/usr/bin/chromium');
  assert.deepEqual(asked, [['chromium', 'firefox-esr']]);
});

test('finds WebKit in parts, and needs no display where there is one', () => {
  const browser = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
  const driver = '/usr/bin/WebKitWebDriver';
  const display = '/usr/bin/Xvfb';
  assert.deepEqual(findWebKit(machine([browser, driver, display])), {
    browser,
    driver,
    display,
  });
  const withDisplay = machine([browser, driver], {
    env: {PATH: '', DISPLAY: ':0'},
  });
  assert.equal(findWebKit(withDisplay).display, undefined);
  assert.throws(() => findWebKit(machine([browser, display])), {
    message:
      'WebKitWebDriver was not found: install it (on Debian: apt install webkit2gtk-driver), or set BGF_WEBKIT_DRIVER to its path.',
  });
});

test('installs all of WebKit at once', () => {
  const asked: (readonly string[])[] = [];
  const host = machine([], {
    canInstall: true,
    install: (packages) => {
      asked.push(packages);
      return false;
    },
  });
  assert.throws(() => findWebKit(host), /set BGF_WEBKIT to its path/);
  assert.deepEqual(asked, [['webkit2gtk-driver', 'xvfb']]);
});

test('still throws the sentence when the install fails', () => {
  const host = machine([], {canInstall: true, install: () => false});
  assert.throws(() => findChromium(host), /was not found: install it/);
});

test('keeps tests on loopback, and goes without the sandbox as root only', () => {
  const isRoot = process.getuid?.() === 0;
  assert.equal(chromiumArgs().includes('--no-sandbox'), isRoot);
  assert.ok(!chromiumArgs().some((flag) => flag.includes('resolver')));
  assert.ok(
    chromiumArgs({loopbackOnly: true}).some((flag) =>
      flag.startsWith('--host-resolver-rules=MAP * ~NOTFOUND'),
    ),
  );
});

test('writes the preference that lets a second fetch start', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'bgf-profile-test-'));
  try {
    await prepareProfile(directory);
    const text = await readFile(join(directory, 'Default', 'Preferences'));
    assert.deepEqual(JSON.parse(text.toString()), {
      profile: {default_content_setting_values: {automatic_downloads: 1}},
    });
  } finally {
    await rm(directory, {recursive: true});
  }
});
