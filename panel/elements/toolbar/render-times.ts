import {html, type TemplateResult} from 'lit';
import {TIME_FORMATS, type TimeFormat} from '../../format/format.js';
import {strings} from '../../strings.js';

/** How points in time are told. */
export const renderTimes = (
  chosen: TimeFormat,
  choose: (format: TimeFormat) => void,
): readonly TemplateResult[] =>
  TIME_FORMATS.map(
    (format) =>
      html`<label>
        <input
          type="radio"
          name="time"
          .checked=${chosen === format}
          @change=${() => choose(format)}
        />${strings.timeFormats[format]}
      </label>`,
  );
