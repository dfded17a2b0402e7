import {html, type TemplateResult} from 'lit';

const KEYS: readonly (readonly [keys: string, does: string])[] = [
  ['↑ ↓', 'Move through fetches and records'],
  ['← →', 'Fold and unfold a fetch'],
  ['Enter', 'Open the detail pane'],
  ['Esc', 'Close it'],
  ['+ − 0', 'Zoom in, zoom out, fit the session'],
  ['Shift ← →', 'Move along the time axis'],
  ['F', 'Follow the newest bytes'],
  ['Ctrl wheel', 'Zoom at the pointer'],
  ['Ctrl F', 'Filter'],
  ['↓', 'From the filter to what it left'],
  ['Ctrl E', 'Record on and off'],
  ['Ctrl L', 'Clear'],
  ['?', 'This help'],
];

const FILTERS: readonly (readonly [filter: string, shows: string])[] = [
  ['episode', 'id, title, URL or entry contains it'],
  ['/ep-\\d+/', 'a pattern'],
  ['is:failed', 'active, succeeded, failed, aborted, rejected, uploading'],
  ['status:4xx', 'a status of a record; * and x stand for digits'],
  ['reason:bad-status', 'why it failed'],
  ['route:emulated', 'native, emulated'],
  ['larger-than:10M', 'bytes so far'],
  ['-id:ep', 'everything but this'],
  ['source: type:', 'of entries: who saw it, what it is'],
];

/** Keys and the filter's grammar. */
export const renderHelp = (): TemplateResult => html`
  <h3>Keyboard</h3>
  <table>
    ${KEYS.map(
      ([keys, does]) =>
        html`<tr>
          <th scope="row">
            ${keys.split(' ').map((key) => html`<kbd>${key}</kbd> `)}
          </th>
          <td>${does}</td>
        </tr>`,
    )}
  </table>
  <h3>Filter</h3>
  <table>
    ${FILTERS.map(
      ([filter, shows]) =>
        html`<tr>
          <th scope="row" class="mono">${filter}</th>
          <td>${shows}</td>
        </tr>`,
    )}
  </table>
`;
