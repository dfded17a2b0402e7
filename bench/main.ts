/**
 * `npm run bench NAME [-- --json]`: prints a table, and with `--json` one JSON
 * object as the last line. Without a name it lists what there is.
 */
import {parseArgs} from 'node:util';
import {formatReport, type BenchReport} from './report.js';
import type {ThrottleOptions} from './throttle.js';

interface Benchmark {
  readonly about: string;
  readonly load: () => Promise<
    (options: ThrottleOptions) => Promise<BenchReport>
  >;
}

const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  hooks: {
    about: 'what the hooks cost the page: calls, and a 256 MB download',
    load: async () => (await import('./hooks.js')).benchHooks,
  },
  bridge: {
    about: 'entries from a worker hook to the panel; our panel beside Chrome’s',
    load: async () => (await import('./bridge.js')).benchBridge,
  },
  engine: {
    about:
      'the engine beside native Background Fetch and fetch(): speed, pause',
    load: async () => (await import('./engine/speed.js')).benchEngine,
  },
  'engine-many': {
    about: '1,000 records in one fetch, and 10,000 fetches one by one',
    load: async () => (await import('./engine/many.js')).benchEngineMany,
  },
  'engine-memory': {
    about: 'what downloads of 2 GB hold in memory',
    load: async () => (await import('./engine/memory.js')).benchEngineMemory,
  },
  throttle: {
    about:
      'how exactly conditions throttle, beside Chrome; --seconds 10 --rates 50000,none',
    load: async () => (await import('./throttle.js')).benchThrottle,
  },
};

const {positionals, values} = parseArgs({
  allowPositionals: true,
  options: {
    json: {type: 'boolean', default: false},
    seconds: {type: 'string', default: '10'},
    rates: {type: 'string'},
  },
});
const [name = ''] = positionals;
const benchmark = Object.hasOwn(BENCHMARKS, name)
  ? BENCHMARKS[name]
  : undefined;

if (benchmark === undefined) {
  if (name !== '') console.error(`There is no benchmark "${name}".`);
  console.log('npm run bench NAME [-- --json]');
  for (const [each, {about}] of Object.entries(BENCHMARKS)) {
    console.log(`  ${each.padEnd(13)} ${about}`);
  }
  process.exitCode = name === '' ? 0 : 2;
} else {
  const run = await benchmark.load();
  const report = await run({
    seconds: Number(values.seconds),
    rates: values.rates?.split(','),
  });
  console.log(formatReport(report));
  if (values.json) console.log(JSON.stringify(report));
}
