/** What the runner loads before each file of tests. */
import fc from 'fast-check';

// The runner prints of an error its message, and not its cause.
fc.configureGlobal({includeErrorInReport: true});
