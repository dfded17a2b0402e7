/** Whose Background Fetch is under test: ours, or the browser's. */
export type Route = 'engine' | 'native';

declare global {
  // oxlint-disable-next-line no-var -- only `var` declares a global's member
  var conformanceRoute: Route | undefined;
}

/** As `ROUTE=native npx wtr` sets it, see scripts/wtr/config.ts. */
export const route: Route = globalThis.conformanceRoute ?? 'engine';

/** What a realm's global `bgfInspector` is set to before the engine comes. */
export const ENGINE_OPTIONS = {route: 'emulated', profile: 'spec'} as const;
