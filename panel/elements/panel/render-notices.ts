import {html, nothing, type TemplateResult} from 'lit';
import {strings} from '../../strings.js';
import {noticeBar} from '../../templates/notice.js';
import type {StateNotice} from './notices.js';

export interface NoticeActions {
  /** Why the latest command failed. */
  readonly failure: string | undefined;
  readonly dismiss: () => void;
  readonly attach: () => void;
}

/** Why a command failed, and what else is the matter. */
export const renderNotices = (
  notices: readonly StateNotice[],
  {failure, dismiss, attach}: NoticeActions,
): TemplateResult =>
  html`${
    failure === undefined
      ? nothing
      : noticeBar({kind: 'error', text: failure, dismiss})
  }
  ${notices.map(({text, canAttach}) =>
    noticeBar({
      kind: 'warning',
      text,
      ...(canAttach ? {action: {label: strings.attachAgain, run: attach}} : {}),
    }),
  )}`;
