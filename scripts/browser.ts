/**
 * Where the browsers are, and how we start them: shared by `npm start`, the
 * tests and the benches, so that all of them meet the same browser.
 */
import {spawnSync} from 'node:child_process';
import {accessSync, constants, existsSync} from 'node:fs';
import {mkdir, writeFile} from 'node:fs/promises';
import {delimiter, join} from 'node:path';

/** What the search asks of the machine; tests pass their own. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly isExecutable: (path: string) => boolean;
  /** True when the system's package manager may be used: Debian, as root. */
  readonly canInstall: boolean;
  /** Installs system packages, and says whether that went well. */
  readonly install: (packages: readonly string[]) => boolean;
}

interface Program {
  readonly label: string;
  readonly variable: string;
  readonly aptPackage: string;
  /** What is installed when it is missing: all of it at once. */
  readonly installs: readonly string[];
  /** Names looked for on PATH, and in `/usr/bin` and `/snap/bin`. */
  readonly commands: readonly string[];
  /** Paths below `/Applications` or `~/Applications`. */
  readonly apps: readonly string[];
  /** Paths below the folders in which Windows keeps programs. */
  readonly programs: readonly string[];
}

// A machine that lacks one lacks the other, and the package lists are then
// read once.
const MAIN_BROWSERS = ['chromium', 'firefox-esr'];
const WEBKIT_PACKAGES = ['webkit2gtk-driver', 'xvfb'];

// Chromium comes before Chrome: what we measured, and what CI has.
const CHROMIUM: Program = {
  label: 'Chromium or Chrome',
  variable: 'BGF_CHROME',
  aptPackage: 'chromium',
  installs: MAIN_BROWSERS,
  commands: [
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
    'microsoft-edge',
  ],
  apps: [
    'Chromium.app/Contents/MacOS/Chromium',
    'Google Chrome.app/Contents/MacOS/Google Chrome',
    'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  programs: [
    'Chromium\\Application\\chrome.exe',
    'Google\\Chrome\\Application\\chrome.exe',
    'Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

const FIREFOX: Program = {
  label: 'Firefox',
  variable: 'BGF_FIREFOX',
  aptPackage: 'firefox-esr',
  installs: MAIN_BROWSERS,
  commands: ['firefox-esr', 'firefox'],
  apps: ['Firefox.app/Contents/MacOS/firefox'],
  programs: ['Mozilla Firefox\\firefox.exe'],
};

/** The folders in which Linux distributions keep a library's own programs. */
const LIBRARIES = ['lib/x86_64-linux-gnu', 'lib/aarch64-linux-gnu', 'libexec'];

const MINI_BROWSER: Program = {
  label: "WebKitGTK's MiniBrowser",
  variable: 'BGF_WEBKIT',
  aptPackage: 'webkit2gtk-driver',
  installs: WEBKIT_PACKAGES,
  commands: LIBRARIES.flatMap((folder) =>
    ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map(
      (version) => `../${folder}/${version}/MiniBrowser`,
    ),
  ),
  apps: [],
  programs: [],
};

const WEBKIT_DRIVER: Program = {
  label: 'WebKitWebDriver',
  variable: 'BGF_WEBKIT_DRIVER',
  aptPackage: 'webkit2gtk-driver',
  installs: WEBKIT_PACKAGES,
  commands: ['WebKitWebDriver'],
  apps: [],
  programs: [],
};

const DISPLAY: Program = {
  label: 'Xvfb',
  variable: 'BGF_XVFB',
  aptPackage: 'xvfb',
  installs: WEBKIT_PACKAGES,
  commands: ['Xvfb'],
  apps: [],
  programs: [],
};

/** The programs by which WebKit runs. */
export interface WebKit {
  readonly browser: string;
  readonly driver: string;
  /** A display that nobody sees; undefined where there is one already. */
  readonly display: string | undefined;
}

/** The path of a Chromium to run; throws one clear sentence if there is none. */
export function findChromium(host: Host = thisMachine()): string {
  return find(CHROMIUM, host);
}

/** The path of a Firefox to run; throws one clear sentence if there is none. */
export function findFirefox(host: Host = thisMachine()): string {
  return find(FIREFOX, host);
}

/** The WebKit to run; throws one clear sentence for what is missing of it. */
export function findWebKit(host: Host = thisMachine()): WebKit {
  return {
    browser: find(MINI_BROWSER, host),
    driver: find(WEBKIT_DRIVER, host),
    display: host.env['DISPLAY'] ? undefined : find(DISPLAY, host),
  };
}

/** The sentence that one of these throws, if it does: what is to be skipped then. */
export function whyMissing(findIt: () => unknown): string | undefined {
  try {
    findIt();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

function find(program: Program, host: Host): string {
  const {label, variable, aptPackage, installs} = program;
  const chosen = host.env[variable];
  if (chosen !== undefined && chosen !== '') {
    if (host.isExecutable(chosen)) return chosen;
    throw new Error(
      `${variable} is "${chosen}", which cannot be run: set it to the path of ${label}, or unset it.`,
    );
  }
  const places = listPlaces(program, host);
  const found = places.find((path) => host.isExecutable(path));
  if (found !== undefined) return found;
  if (host.canInstall && host.install(installs)) {
    const installed = places.find((path) => host.isExecutable(path));
    if (installed !== undefined) return installed;
  }
  const hint =
    host.platform === 'linux' ? ` (on Debian: apt install ${aptPackage})` : '';
  throw new Error(
    `${label} was not found: install it${hint}, or set ${variable} to its path.`,
  );
}

function listPlaces(
  {commands, apps, programs}: Program,
  host: Host,
): readonly string[] {
  const {env, platform} = host;
  if (platform === 'win32') {
    const roots = [
      env['PROGRAMFILES'],
      env['PROGRAMFILES(X86)'],
      env['LOCALAPPDATA'],
    ].filter((root) => root !== undefined);
    return roots.flatMap((root) =>
      programs.map((program) => `${root}\\${program}`),
    );
  }
  const folders = [
    ...(env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== ''),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
  ];
  const onPath = commands.flatMap((command) =>
    folders.map((folder) => join(folder, command)),
  );
  if (platform !== 'darwin') return onPath;
  const roots = ['/Applications', join(env['HOME'] ?? '', 'Applications')];
  return [
    ...roots.flatMap((folder) => apps.map((app) => join(folder, app))),
    ...onPath,
  ];
}

function thisMachine(): Host {
  return {
    platform: process.platform,
    env: process.env,
    isExecutable,
    canInstall: isRoot() && existsSync('/etc/debian_version'),
    install: installWithApt,
  };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function installWithApt(packages: readonly string[]): boolean {
  console.log(`Installing ${packages.join(' and ')} with apt-get, once…`);
  const run = (args: readonly string[]): boolean =>
    spawnSync('apt-get', [...args], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {...process.env, DEBIAN_FRONTEND: 'noninteractive'},
    }).status === 0;
  return (
    run(['update']) &&
    run(['install', '-y', '--no-install-recommends', ...packages])
  );
}

export interface ChromiumOptions {
  /** No window: the GPU is of no use then. */
  readonly headless?: boolean;
  /**
   * Names other than loopback's resolve to nothing: a test that would reach
   * for the network fails at once instead of being slow somewhere else.
   */
  readonly loopbackOnly?: boolean;
}

/** The command line switches that every Chromium of ours is started with. */
export function chromiumArgs(options: ChromiumOptions = {}): string[] {
  return [
    // Chromium's sandbox refuses to start as root, and only then do we go
    // without it.
    ...(isRoot() ? ['--no-sandbox'] : []),
    ...(options.headless === true ? ['--disable-gpu'] : []),
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
    '--no-default-browser-check',
    ...(options.loopbackOnly === true
      ? [
          '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
        ]
      : []),
  ];
}

/**
 * Makes a fresh user data directory in which a page may start more than one
 * background fetch without a click. Chromium counts background fetches under
 * its "automatic downloads" rule: the second one that no user gesture precedes
 * rejects with "This origin does not have permission to start a fetch.", and
 * granting the permission over the debugging protocol does not change that;
 * the content setting does, and it must be there before the browser starts.
 */
export async function prepareProfile(directory: string): Promise<void> {
  const folder = join(directory, 'Default');
  await mkdir(folder, {recursive: true});
  const preferences = {
    profile: {default_content_setting_values: {automatic_downloads: 1}},
  };
  await writeFile(join(folder, 'Preferences'), JSON.stringify(preferences));
}
