import {css} from 'lit';

export const styles = css`
  :host {
    position: relative;
    display: flex;
    flex-direction: column;
    block-size: 100%;
    min-inline-size: 0;
    overflow: hidden;
    color-scheme: light dark;
  }

  :host([theme='light']) {
    color-scheme: light;
  }

  :host([theme='dark']) {
    color-scheme: dark;
  }

  .notice {
    display: flex;
    flex: none;
    align-items: center;
    gap: 8px;
    min-block-size: 26px;
    padding: 2px 10px;
    border-block-end: 1px solid var(--bgf-divider);
    background: var(--bgf-warning-surface);
  }

  .notice.error {
    background: var(--bgf-error-surface);
  }

  .notice .text {
    flex: 1;
    min-inline-size: 0;
  }

  .content {
    position: relative;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-block-size: 0;
  }

  bgf-timeline,
  bgf-entry-table,
  bgf-empty-state {
    flex: 1;
    min-block-size: 0;
  }

  bgf-detail {
    flex: none;
    min-block-size: 0;
  }

  bgf-detail[over] {
    position: absolute;
    inset: 0;
    z-index: 6;
  }

  bgf-rules-drawer {
    position: absolute;
    inset: 0 0 0 auto;
    z-index: 7;
    inline-size: min(420px, 100%);
    border-inline-start: 1px solid var(--bgf-divider);
  }

  /* Where there is room, it covers nothing. */
  :host([size='wide']) .content[drawer] {
    padding-inline-end: 420px;
  }

  @media (prefers-reduced-motion: no-preference) {
    bgf-detail[over] {
      animation: slide 120ms ease-out;
    }
    @keyframes slide {
      from {
        transform: translateX(24px);
        opacity: 0;
      }
    }
  }

  .none {
    position: absolute;
    inset: 110px 16px auto;
    margin: 0;
    text-align: center;
    color: var(--bgf-subtle);
    pointer-events: none;
  }

  .none button {
    pointer-events: auto;
  }

  .status {
    display: flex;
    flex: none;
    align-items: center;
    gap: 14px;
    block-size: 22px;
    padding-inline: 10px;
    border-block-start: 1px solid var(--bgf-divider);
    background: var(--bgf-header);
    color: var(--bgf-subtle);
    font-size: 11px;
    white-space: nowrap;
    overflow: hidden;
  }

  .status > span:not(.clip, .space) {
    flex: none;
  }

  .status .trouble {
    color: var(--bgf-error-text);
  }

  .status .space {
    flex: 1;
  }

  .status .attached {
    flex-shrink: 100;
    min-inline-size: 12px;
    line-height: 20px;
  }

  .status .mark {
    margin-inline-end: 6px;
    vertical-align: -2px;
  }

  :host([size='narrow']) .status {
    gap: 10px;
  }

  :host([size='narrow']) .status .second,
  :host([size='narrow']) .status:has(.trouble) .received {
    display: none;
  }
`;
