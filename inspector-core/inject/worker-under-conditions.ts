/** The module `background-fetch-inspector/worker`: both scripts, in their order. */
import './conditions.js';
import './worker.js';
