/** What a page with the engine runs first. */
import {installInPage} from '../../../../inspector-core/engine/page.js';

installInPage({route: 'emulated'});
