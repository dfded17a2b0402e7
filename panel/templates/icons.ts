import {html, svg, type SVGTemplateResult, type TemplateResult} from 'lit';

const icon = (shape: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${shape}</svg>`;

/** DevTools' record button: a red ring around a square while it records. */
export const recordIcon = (isRecording: boolean): TemplateResult =>
  html`<svg class="icon record" viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6.3"></circle>
    ${
      isRecording
        ? svg`<rect class="dot" x="5.2" y="5.2" width="5.6" height="5.6" rx="0.8"></rect>`
        : svg`<circle class="idle-dot" cx="8" cy="8" r="3.3"></circle>`
    }
  </svg>`;

export const clearIcon = icon(
  svg`<circle cx="8" cy="8" r="5.8"></circle><path d="M4 4l8 8"></path>`,
);
export const filterIcon = icon(
  svg`<path d="M2.5 3.5h11L9.5 8.5v4l-3-1.5v-2.5z"></path>`,
);
export const settingsIcon = icon(
  svg`<circle cx="8" cy="8" r="2"></circle><path d="M6.6 3L6.9 1.2h2.2L9.4 3l1.2.5L12 2.4 13.6 4l-1.1 1.4.5 1.2 1.8.3v2.2L13 9.4l-.5 1.2 1.1 1.4-1.6 1.6-1.4-1.1-1.2.5-.3 1.8H6.9L6.6 13l-1.2-.5L4 13.6 2.4 12l1.1-1.4L3 9.4l-1.8-.3V6.9L3 6.6l.5-1.2L2.4 4 4 2.4l1.4 1.1z"></path>`,
);
export const warningIcon = icon(
  svg`<path class="warning" d="M8 2.2L14.3 13.3H1.7z"></path><path class="warning-sign" d="M8 6.4v3.2M8 11.4v.01"></path>`,
);
export const rulesIcon = icon(
  svg`<path d="M2 4h7M12.5 4H14M2 8h2M7.5 8H14M2 12h6M11.5 12H14"></path><circle cx="10.7" cy="4" r="1.7"></circle><circle cx="5.7" cy="8" r="1.7"></circle><circle cx="9.7" cy="12" r="1.7"></circle>`,
);
export const moreIcon = icon(
  svg`<path d="M8 3.5v.01M8 8v.01M8 12.5v.01" stroke-width="2.4"></path>`,
);
export const upIcon = icon(svg`<path d="M8 13V3.5M4 7l4-4 4 4"></path>`);
export const downIcon = icon(svg`<path d="M8 3v9.5M4 9l4 4 4-4"></path>`);
export const copyIcon = icon(
  svg`<path d="M5.5 5.5v-3h8v8h-3"></path><path d="M2.5 5.5h8v8h-8z"></path>`,
);
export const editIcon = icon(
  svg`<path d="M3 13l.7-3L11 2.7 13.3 5 6 12.3z"></path>`,
);
export const deleteIcon = icon(
  svg`<path d="M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4"></path>`,
);
export const helpIcon = icon(
  svg`<circle cx="8" cy="8" r="6"></circle><path d="M6.2 6.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.7.5-.7 1.1M8 11.4v.01"></path>`,
);
export const closeIcon = icon(svg`<path d="M4 4l8 8M12 4l-8 8"></path>`);
export const backIcon = icon(svg`<path d="M13 8H3.5M7 4L3 8l4 4"></path>`);
export const zoomInIcon = icon(
  svg`<circle cx="7" cy="7" r="4.5"></circle><path d="M10.4 10.4L14 14M7 5v4M5 7h4"></path>`,
);
export const zoomOutIcon = icon(
  svg`<circle cx="7" cy="7" r="4.5"></circle><path d="M10.4 10.4L14 14M5 7h4"></path>`,
);
export const fitIcon = icon(
  svg`<path d="M2 3v10M14 3v10M4.5 8h7M6.5 6l-2 2 2 2M9.5 6l2 2-2 2"></path>`,
);
export const followIcon = icon(
  svg`<path d="M13 3v10M2.5 8h7.5M7 4.5L10.5 8 7 11.5"></path>`,
);
export const triangleIcon = (isOpen: boolean): TemplateResult =>
  html`<svg class="triangle" viewBox="0 0 10 10" aria-hidden="true">
    ${
      isOpen
        ? svg`<path d="M1.5 3h7L5 8z"></path>`
        : svg`<path d="M3 1.5v7L8 5z"></path>`
    }
  </svg>`;
