import type {Meta, StoryObj} from '@storybook/web-components-vite';
import {renderPanel, type PanelArgs} from '../support/panel-story.js';
import {manyEntries, manyFetches, scenarios} from '../support/scenarios.js';

/** The whole panel over a log. */
const meta = {
  title: 'Panel/Situations',
  render: renderPanel,
  args: {log: scenarios.busy},
} satisfies Meta<PanelArgs>;

export default meta;

type Story = StoryObj<PanelArgs>;

export const Playground: Story = {};

/** Two records, all answered, read by the worker. */
export const HappyDownload: Story = {
  args: {log: scenarios.happy, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** One record of two is missing, and that fails the fetch. */
export const NotFound: Story = {
  args: {log: scenarios.notFound, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** The connection drops at 24 MB; the browser resumes by Range. */
export const DroppedAndResumed: Story = {
  args: {
    log: scenarios.resumed,
    selection: {kind: 'record', fetch: 'fetch-1', record: 0},
  },
};

export const ExceedsDownloadTotal: Story = {
  args: {log: scenarios.exceeds, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

export const Aborted: Story = {
  args: {log: scenarios.aborted, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** fetch() rejects: there never was a background fetch. */
export const RejectedCall: Story = {
  args: {log: scenarios.rejected, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

export const Upload: Story = {
  args: {log: scenarios.upload, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** All is sent, and the server has not answered. */
export const UploadSent: Story = {
  args: {log: scenarios.sent, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** Over so soon that their lanes are no more than the mark of their end. */
export const ShortFetches: Story = {args: {log: scenarios.short}};

export const TwoAtOnce: Story = {args: {log: scenarios.twoAtOnce}};

/** The route was switched: native and emulated fetches beside each other. */
export const BothRoutes: Story = {
  args: {
    log: scenarios.bothRoutes,
    selection: {kind: 'fetch', fetch: 'fetch-2'},
  },
};

export const BothRoutesDark: Story = {
  args: {...BothRoutes.args, theme: 'dark'},
};

export const BothRoutesNarrow: Story = {
  args: {log: scenarios.bothRoutes, width: '360px'},
};

/** The worker did not load the engine: what is asked of it is not answered. */
export const EngineMissing: Story = {args: {log: scenarios.engineMissing}};

/** A browser without the API, where the engine stands in. */
export const NoNative: Story = {
  args: {log: scenarios.noNative, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** A slow network, a rule that failed a request, and a lift without one. */
export const Conditions: Story = {
  args: {
    log: scenarios.conditions,
    selection: {kind: 'fetch', fetch: 'fetch-2'},
  },
};

export const ConditionsDark: Story = {
  args: {...Conditions.args, theme: 'dark'},
};

export const ConditionsNarrow: Story = {
  args: {log: scenarios.conditions, width: '360px'},
};

/** The drawer is open beside the lanes. */
export const RulesBeside: Story = {
  args: {log: scenarios.conditions, drawer: {at: 'rules'}},
};

/** What the engine had stored was cleared beneath a fetch: no event tells of it. */
export const StorageCleared: Story = {
  args: {log: scenarios.cleared, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** Every outcome in one session. */
export const Busy: Story = {
  args: {log: scenarios.busy, selection: {kind: 'fetch', fetch: 'fetch-4'}},
};

export const BusyDark: Story = {args: {...Busy.args, theme: 'dark'}};

export const Narrow: Story = {args: {log: scenarios.busy, width: '360px'}};

export const NarrowDetail: Story = {
  args: {
    log: scenarios.busy,
    width: '360px',
    selection: {kind: 'fetch', fetch: 'fetch-4'},
  },
};

/** Docked at the right of a small window. */
export const VeryNarrow: Story = {args: {log: scenarios.busy, width: '250px'}};

export const VeryNarrowDark: Story = {
  args: {...VeryNarrow.args, theme: 'dark'},
};

export const VeryNarrowDetail: Story = {
  args: {
    log: scenarios.busy,
    width: '250px',
    selection: {kind: 'fetch', fetch: 'fetch-4'},
  },
};

/** Two routes, and a route that warns: of both there is no more than a sign. */
export const BothRoutesVeryNarrow: Story = {
  args: {log: scenarios.bothRoutes, width: '250px'},
};

export const RulesVeryNarrow: Story = {
  args: {log: scenarios.conditions, width: '250px', drawer: {at: 'rules'}},
};

/** All that is not shown is counted in the line below, and told by a dot. */
export const OutcomeChosen: Story = {
  args: {log: scenarios.busy, width: '760px', settings: {outcome: 'failed'}},
};

/** As at 200 %: half the window is left, and the selected row is in it. */
export const Low: Story = {
  args: {
    log: scenarios.busy,
    width: '700px',
    height: '360px',
    selection: {kind: 'fetch', fetch: 'fetch-4'},
  },
};

export const Medium: Story = {args: {...Busy.args, width: '760px'}};

export const Entries: Story = {
  args: {
    log: scenarios.busy,
    settings: {view: 'entries'},
    selection: {kind: 'entry', index: 12},
  },
};

export const Filtered: Story = {
  args: {log: scenarios.busy, filter: 'is:failed -id:model /ep-\\d/'},
};

/** The pattern cannot be read: the field says so, and the rest still filters. */
export const FilterWithProblem: Story = {
  args: {log: scenarios.busy, filter: 'ep /(/'},
};

/** Nothing is left, and one click brings it back. */
export const NothingMatches: Story = {
  args: {log: scenarios.busy, filter: 'id:nothing-like-this'},
};

/** Ids with markup, NUL, lone surrogates, bidi overrides, and a long one. */
export const HostileIds: Story = {
  args: {log: scenarios.hostile, selection: {kind: 'fetch', fetch: 'fetch-1'}},
};

/** The same, in so little room that none of them can be read to its end. */
export const HostileIdsNarrow: Story = {
  args: {log: scenarios.hostile, width: '250px'},
};

export const MissedEntriesNarrow: Story = {
  args: {log: scenarios.missed, width: '250px'},
};

export const Empty: Story = {args: {log: scenarios.empty}};

export const EmptyDark: Story = {args: {log: scenarios.empty, theme: 'dark'}};

export const NoWorker: Story = {args: {log: scenarios.noWorker}};

export const NotRecording: Story = {args: {log: scenarios.notRecording}};

/** The user closed the banner before anything was recorded. */
export const Detached: Story = {args: {log: scenarios.canceled}};

/** The user closed the banner in the middle of it. */
export const DetachedLater: Story = {args: {log: scenarios.canceledLater}};

export const RestrictedPage: Story = {args: {log: scenarios.restricted}};

export const AttachingFailed: Story = {args: {log: scenarios.failed}};

export const Unsupported: Story = {args: {log: scenarios.unsupported}};

export const InsecureContext: Story = {args: {log: scenarios.insecure}};

export const OpaqueOrigin: Story = {args: {log: scenarios.opaque}};

export const WorkerLost: Story = {args: {log: scenarios.workerLost}};

export const MissedEntries: Story = {args: {log: scenarios.missed}};

export const HookCameLate: Story = {args: {log: scenarios.lateHook}};

export const ThousandFetches: Story = {args: {log: manyFetches()}};

export const HundredThousandEntries: Story = {
  args: {log: manyEntries(), settings: {view: 'entries'}},
};
