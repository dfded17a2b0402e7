import {css} from 'lit';

/**
 * The theme: DevTools' own colours, as custom properties. `light-dark()` reads
 * the colour scheme where a colour is used, so that one `color-scheme` on
 * `<bgf-panel>` turns everything inside. Colours stand nowhere else.
 */
export const tokens = css`
  :host {
    --bgf-surface: light-dark(#fdfcfb, #282828);
    --bgf-toolbar: light-dark(#e0e8f6, #2f3339);
    --bgf-header: light-dark(#f1f4f9, #262728);
    --bgf-text: light-dark(#1f1f1f, #e3e3e3);
    --bgf-subtle: light-dark(#474747, #c7c7c7);
    --bgf-divider: light-dark(#d3e3fd, #3c4a58);
    --bgf-grid: light-dark(#e6ecf7, #353a40);
    --bgf-outline: light-dark(#747775, #8e918f);
    --bgf-accent: light-dark(#0b57d0, #a8c7fa);
    --bgf-accent-bright: light-dark(#1b6ef3, #7cacf8);
    --bgf-pale: light-dark(#a8c7fa, #3d5a8a);
    --bgf-selected: light-dark(#d3e3fd, #004a77);
    --bgf-on-selected: light-dark(#041e49, #c2e7ff);
    --bgf-shadow: rgb(0 0 0 / 28%);
    --bgf-error: light-dark(#dc362e, #e46962);
    --bgf-error-text: light-dark(#b3261e, #f2b8b5);
    --bgf-error-surface: light-dark(#fcebeb, #4e3534);
    --bgf-success: light-dark(#1ea446, #37be5f);
    --bgf-success-surface: light-dark(#dbf3e2, #2b4633);
    --bgf-warning: light-dark(#eab308, #facc15);
    --bgf-on-warning: #202124;
    --bgf-warning-surface: light-dark(#fef6d5, #413c26);
    --bgf-upload: light-dark(#e96725, #fe8d59);
    --bgf-event: light-dark(#a743ee, #d190ff);
    --bgf-neutral: light-dark(#747775, #a8a8a8);
    --bgf-on-bar: light-dark(#ffffff, #202124);
    --bgf-key: light-dark(#0b57d0, #a8c7fa);
    --bgf-value: light-dark(#b3261e, #fe8d59);
    --bgf-pattern: light-dark(#7b2cbf, #d190ff);
    --bgf-font: system-ui, 'Segoe UI', Roboto, sans-serif;
    --bgf-mono:
      ui-monospace, 'Roboto Mono', Menlo, Consolas, 'DejaVu Sans Mono',
      monospace;
  }

  @media (forced-colors: active) {
    :host {
      --bgf-surface: Canvas;
      --bgf-toolbar: Canvas;
      --bgf-header: Canvas;
      --bgf-text: CanvasText;
      --bgf-subtle: CanvasText;
      --bgf-divider: CanvasText;
      --bgf-grid: color-mix(in srgb, CanvasText 25%, Canvas);
      --bgf-outline: CanvasText;
      --bgf-accent: LinkText;
      --bgf-accent-bright: CanvasText;
      --bgf-pale: color-mix(in srgb, CanvasText 50%, Canvas);
      --bgf-selected: Highlight;
      --bgf-on-selected: HighlightText;
      --bgf-error: CanvasText;
      --bgf-error-text: CanvasText;
      --bgf-success: CanvasText;
      --bgf-warning: CanvasText;
      --bgf-on-warning: Canvas;
      --bgf-upload: CanvasText;
      --bgf-event: LinkText;
      --bgf-neutral: CanvasText;
      --bgf-on-bar: Canvas;
    }
  }
`;
