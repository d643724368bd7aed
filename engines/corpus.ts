/**
 * The events that every engine is asked about, as a trail's bucket on disk.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { formatTime } from '../src/cloudtrail/event-time.js';
import { FROM, type RawRecord, stsEvents, TO } from '../test/support/events.js';
import { deliveryDay, groupBy, isGlobal, textAt } from '../test/support/aws/evidence.js';
import { CACHE } from './cache.js';
import { collidingEvents } from '../test/support/collisions.js';
import { oddTimes } from '../test/support/oddities.js';
import { SIZE } from './corpus-size.js';
import { run } from './program.js';

export interface Corpus {
  readonly name: string;
  /** Holds `AWSLogs`. */
  readonly folder: string;
  /** The window to ask for, as the command line takes it: half-open. */
  readonly from: string;
  readonly to: string;
  /** The days whose files can hold events of it: a day on either side for late delivery. */
  readonly days: readonly string[];
}

export interface Log {
  /** From the corpus's folder: `AWSLogs/…/x.json.gz`. */
  readonly path: string;
  readonly account: string;
  readonly region: string;
  /** Day of delivery, `2026-01-10`. */
  readonly day: string;
}

/** What delivery takes as a rule, in seconds. */
const FIVE_MINUTES = 300;

const BENCH = fileURLToPath(new URL('../bench', import.meta.url));

/**
 * An organisation of 40 accounts over six days, of which two are asked for: days before and after
 * must be left alone. `ENGINES_EVENTS` makes it larger.
 */
export function organisation(events = SIZE.events): Made {
  return made({
    name: `organisation of ${events.toLocaleString('en')} events`,
    options: { events, start: '2026-03-01' },
    from: '2026-03-03T05:17:11Z',
    to: '2026-03-04T20:41:07Z',
    days: ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05'],
  });
}

/**
 * The same in the days in which AWS began to log the type of endpoint: before, the host alone shows
 * the global one. A tenth of its events is delivered half a day late.
 */
export function earlierOrganisation(): Made {
  return made({
    name: 'organisation of 50,000 events, March and April 2025',
    options: { events: 50_000, start: '2025-03-29', 'late-share': 0.1, seed: 2 },
    from: '2025-03-31T03:12:05Z',
    to: '2025-04-02T14:30:00Z',
    days: ['2025-03-30', '2025-03-31', '2025-04-01', '2025-04-02', '2025-04-03'],
  });
}

/** What the generator says that an audit of all of it has to find. */
interface Truth {
  readonly stsEvents: number;
  readonly calls: number;
}

interface Made extends Corpus {
  readonly truth: Truth;
}

/** As generated at the first run, with the generator's last line beside it. */
function made({
  options,
  ...corpus
}: Omit<Corpus, 'folder'> & { options: Readonly<Record<string, string | number>> }): Made {
  const family = `organisation-${hash(JSON.stringify(options))}`;
  const place = join(CACHE, `${family}-${hash(...generator())}`);
  const [folder, said] = [join(place, 'trail'), join(place, 'truth.json')];
  if (!existsSync(place)) {
    forget(family);
    const flags = Object.entries({ ...options, days: 6 }).flatMap(([name, value]) => [`--${name}`, `${value}`]); // prettier-ignore
    const line = run(process.execPath, [join(BENCH, 'corpus.mjs'), join(`${place}.part`, 'trail'), ...flags]); // prettier-ignore
    writeFileSync(join(`${place}.part`, 'truth.json'), line);
    renameSync(`${place}.part`, place);
  }
  return { ...corpus, folder, truth: JSON.parse(readFileSync(said, 'utf8')) as Truth };
}

/** Those of other generators, and what a run left that was broken off. */
function forget(family: string): void {
  const old = readdirSync(CACHE).filter((name) => name.startsWith(`${family}-`));
  for (const name of old) rmSync(join(CACHE, name), { recursive: true });
}

/** Another generator makes other events. */
function generator(): Buffer[] {
  const sources = readdirSync(BENCH, { recursive: true, encoding: 'utf8' });
  return sources.filter(isGenerator).toSorted().map((name) => readFileSync(join(BENCH, name))); // prettier-ignore
}

function hash(...parts: readonly (string | Buffer)[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('hex').slice(0, 12);
}

function isGenerator(name: string): boolean {
  return /^organisation\/.*\.mjs$|^(?:corpus|log-files|random)\.mjs$/.test(name);
}

/** Times that are written otherwise, or cannot be read, all delivered on one day. */
export function untimed(folder: string): Corpus {
  return july('times of every form', folder, [...stsEvents(), ...oddTimes()]);
}

/** The corpus of the tests: every kind of caller, signal, copy and hostile text. */
export function everyKind(folder: string): Corpus {
  return july('every kind of event', folder, stsEvents());
}

/** Events that share ids, replace each other and are odd in every other way. */
export function collisions(folder: string): Corpus {
  return july('colliding events', folder, collidingEvents());
}

/** Records of the first days of July 2026, in the bucket of one account. */
function july(name: string, folder: string, records: readonly RawRecord[]): Corpus {
  for (const [day, delivered] of groupBy(records, (record) => deliveryDay(record, FIVE_MINUTES))) {
    write(folder, '111111111111', day, delivered);
  }
  return {
    name,
    folder,
    from: formatTime(FROM),
    to: formatTime(TO),
    days: ['2026-06-30', '2026-07-01', '2026-07-02', '2026-07-03', '2026-07-04', '2026-07-05'],
  };
}

function write(folder: string, account: string, day: string, records: readonly RawRecord[]): void {
  const place = `AWSLogs/o-exampleorg/${account}/CloudTrail/us-east-1/${day.replaceAll('-', '/')}`;
  const name = `${account}_CloudTrail_us-east-1_${day.replaceAll('-', '')}T2359Z_abcdefghijklmnop.json.gz`;
  const file = join(folder, place, name);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gzipSync(JSON.stringify({ Records: records })));
}

export function logsOf(folder: string): Log[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.json.gz'))
    .toSorted()
    .map((path) => {
      const [account = '', , region = '', year, month, day] = path.split('/').slice(-7);
      return { path, account, region, day: `${year}-${month}-${day}` };
    });
}

export function recordsIn(folder: string, { path }: Log): RawRecord[] {
  const text = gunzipSync(readFileSync(join(folder, path))).toString('utf8');
  return (JSON.parse(text) as { Records: RawRecord[] }).Records;
}

export function* recordsOf({ folder }: Corpus): Generator<RawRecord> {
  for (const log of logsOf(folder)) yield* recordsIn(folder, log);
}

/** Each with its values of account, Region and day, as the table of `--ddl` has them. */
export function* rowsOf({ folder }: Corpus): Generator<{ record: RawRecord; partition: string[] }> {
  for (const log of logsOf(folder)) {
    const partition = [log.account, log.region, log.day.replaceAll('-', '/')];
    for (const record of recordsIn(folder, log)) yield { record, partition };
  }
}

/**
 * Ids of the events of the window that show a call to the global endpoint, whichever account logged
 * them, as the short queries for people count.
 */
export function globalIdsIn(corpus: Corpus): Set<string> {
  const { folder, from, to, days } = corpus;
  const logs = logsOf(folder).filter(({ region, day }) => region === 'us-east-1' && days.includes(day)); // prettier-ignore
  const ids = new Set<string>();
  for (const log of logs) {
    for (const record of recordsIn(folder, log)) {
      const time = textAt(record, 'eventTime') ?? '';
      const isSts = record['eventSource'] === 'sts.amazonaws.com';
      if (isSts && isGlobal(record) && time >= from && time < to) ids.add(textAt(record, 'eventID') ?? ''); // prettier-ignore
    }
  }
  return ids;
}
