/** The panel as a page of its own: for any browser, and the pages of its origin. */
import {Panel} from '../elements/panel/panel.js';
import {rememberSettings} from '../host/settings.js';
import {StandaloneSession} from './session.js';

const session = new StandaloneSession();
const panel = new Panel();
rememberSettings(panel);
panel.inspector = session;
document.body.append(panel);

// For tests and benches, which drive the real thing from outside.
Object.assign(globalThis, {bgfSession: session});

const alone = document.querySelector<HTMLElement>('#alone');
const origin = document.querySelector('#origin');
if (origin !== null) origin.textContent = location.origin;

session.store.state$.subscribe(({realms}) => {
  if (alone !== null) alone.hidden = realms.size > 0;
});
await session.execute({type: 'start-recording'});
