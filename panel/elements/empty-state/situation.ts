import type {
  InspectorState,
  RealmState,
} from '../../../inspector-core/projections/state.js';

/** Why there is nothing to see, or not all of it. */
export type Situation =
  | 'no-inspector'
  | 'detached'
  | 'canceled'
  | 'attaching'
  | 'restricted'
  | 'failed'
  | 'insecure'
  | 'opaque'
  | 'unsupported'
  | 'not-recording'
  | 'no-worker'
  | 'empty';

const isOpen = ({phase}: RealmState): boolean => phase !== 'closed';

/** What stands between the user and a picture. */
export function situationOf(state: InspectorState | undefined): Situation {
  if (state === undefined) return 'no-inspector';
  const {attachment, recording} = state.session;
  if (attachment.reason === 'restricted-page') return 'restricted';
  switch (attachment.state) {
    case 'refused':
      return 'failed';
    case 'attaching':
      return 'attaching';
    case 'detached':
      if (attachment.reason === 'canceled-by-user') return 'canceled';
      return attachment.reason === 'failed' ? 'failed' : 'detached';
    case 'attached':
      return recording ? pageSituation(state) : 'not-recording';
  }
}

function pageSituation({realms}: InspectorState): Situation {
  const open = [...realms.values()].filter(isOpen);
  const page = open.findLast(({source}) => source.kind === 'page');
  if (page === undefined) return 'empty';
  if (page.origin === 'null') return 'opaque';
  if (!page.secureContext) return 'insecure';
  if (!page.backgroundFetch) return 'unsupported';
  return open.some(({source}) => source.kind === 'service-worker')
    ? 'empty'
    : 'no-worker';
}
