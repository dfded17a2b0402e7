import type {
  AttachmentChanged,
  RealmClosed,
  RouteSetting,
} from '../../../inspector-core/protocol/protocol.js';
import type {Line} from './line.js';
import {ORIGIN} from './stage.js';
import {absolute, one, type Verb} from './verb.js';

/** So many entries of a realm. */
const countedOf = ({words}: Line) => ({
  realm: one(words),
  count: Number(one(words, 1)),
});

/** What browser and panel know. */
export const sessionVerbs: Readonly<Record<string, Verb>> = {
  /** `attachment STATE [REASON] [MESSAGE]` */
  attachment: (stage, line) => {
    const [state = 'attached', reason, message] = line.words;
    stage.append(line, {
      type: 'attachment-changed',
      state: state as AttachmentChanged['state'],
      ...(reason === undefined
        ? {}
        : {reason: reason as NonNullable<AttachmentChanged['reason']>}),
      ...(message === undefined ? {} : {message}),
    });
  },

  recording: (stage, line) =>
    stage.append(line, {
      type: 'recording-changed',
      recording: one(line.words) !== 'off',
    }),

  /** `route SETTING` */
  route: (stage, line) =>
    stage.append(line, {
      type: 'route-changed',
      route: one(line.words) as RouteSetting,
    }),

  access: (stage, line) =>
    stage.append(line, {type: 'wire-access-changed', origins: line.words}),

  navigated: (stage, line) =>
    stage.append(line, {
      type: 'page-navigated',
      url: absolute(one(line.words)),
    }),

  cleared: (stage, line) => stage.append(line, {type: 'log-cleared'}),

  /** `closed REALM REASON` */
  closed: (stage, line) =>
    stage.append(line, {
      type: 'realm-closed',
      realm: one(line.words),
      reason: one(line.words, 1) as RealmClosed['reason'],
    }),

  state: (stage, line) =>
    stage.append(line, {
      type: 'worker-state-changed',
      scope: `${ORIGIN}/`,
      scriptUrl: `${ORIGIN}/sw.js`,
      state: one(line.words),
    }),

  /** `missed REALM COUNT` */
  missed: (stage, line) =>
    stage.append(line, {type: 'entries-missed', ...countedOf(line)}),

  /** `refused REALM COUNT MESSAGE` */
  refused: (stage, line) =>
    stage.append(line, {
      type: 'entries-rejected',
      ...countedOf(line),
      message: one(line.words, 2),
    }),
};
