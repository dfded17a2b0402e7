import {NO_THROTTLING, type NetworkProfile} from './profile.js';

/** No link. */
export const OFFLINE: NetworkProfile = {name: 'Offline', offline: true};

/**
 * Those of Chrome's DevTools, with what it hands to the browser: the rates are
 * 80 or 90 % of what the name stands for, the latencies 2.75 to 5 times it.
 *
 * @see https://github.com/ChromeDevTools/devtools-frontend/blob/main/front_end/core/sdk/NetworkManager.ts
 */
export const CHROME_PROFILES = [
  NO_THROTTLING,
  {name: 'Fast 4G', download: 1_012_500, upload: 168_750, latency: 165},
  {name: 'Slow 4G', download: 180_000, upload: 84_375, latency: 562.5},
  {name: '3G', download: 50_000, upload: 50_000, latency: 2_000},
  OFFLINE,
] as const satisfies readonly NetworkProfile[];

/** Bytes per second, of a thousand bits per second. */
const KBPS = 1_000 / 8;
/** Bytes per second, of a million bits per second. */
const MBPS = 1_000_000 / 8;

/**
 * Those of Firefox's network monitor.
 *
 * @see https://searchfox.org/mozilla-central/source/devtools/client/shared/components/throttling/profiles.js
 */
export const FIREFOX_PROFILES = [
  {name: 'GPRS', download: 50 * KBPS, upload: 20 * KBPS, latency: 500},
  {name: 'Regular 2G', download: 250 * KBPS, upload: 50 * KBPS, latency: 300},
  {name: 'Good 2G', download: 450 * KBPS, upload: 150 * KBPS, latency: 150},
  {name: 'Regular 3G', download: 750 * KBPS, upload: 250 * KBPS, latency: 100},
  {name: 'Good 3G', download: 1.5 * MBPS, upload: 750 * KBPS, latency: 40},
  {name: 'Regular 4G / LTE', download: 4 * MBPS, upload: 3 * MBPS, latency: 20},
  {name: 'DSL', download: 2 * MBPS, upload: 1 * MBPS, latency: 5},
  {name: 'Wi-Fi', download: 30 * MBPS, upload: 15 * MBPS, latency: 2},
] as const satisfies readonly NetworkProfile[];

/** All presets, by name; no name is in both browsers. */
export const PRESETS: readonly NetworkProfile[] = [
  ...CHROME_PROFILES,
  ...FIREFOX_PROFILES,
];

/** The preset of this name. */
export function findPreset(name: string): NetworkProfile | undefined {
  return PRESETS.find((preset) => preset.name === name);
}
