/**
 * From flags to what the run needs. Everything a user can get wrong is found here, before
 * anything is read.
 */
import type { AnnotationFiles } from './annotate.js';
import type { Flags } from './args.js';
import type { Window } from './contracts.js';
import { UserError } from './errors.js';
import { parseEventTime } from './cloudtrail/event-time.js';
import { type Gate, GATES, isGate } from './report/gate.js';
import { isSplit, type Split, SPLITS } from './report/split.js';
import type { FilesOptions } from './sources/files/index.js';
import { type Format, FORMATS, isFormat } from './writers/index.js';
import { PLAIN, type View } from './writers/writer.js';

export interface OutputOptions {
  readonly formats: readonly Format[];
  /** A folder, or null for standard output. */
  readonly folder: string | null;
  /** Print the summary beside the files. */
  readonly summary: boolean;
  /** Say on standard error what a summary would have warned about. */
  readonly warnings: boolean;
  readonly failOn: Gate | null;
  /** Also write one set of files for each of these. */
  readonly splitBy: Split | null;
  readonly annotations: AnnotationFiles;
  /** What the text on standard output may look like. */
  readonly view: View;
}

/** `--from`, `--to`, and `--since`, which ends now; `now` in milliseconds. Throws a UserError. */
export function windowOf(flags: Flags, now: number): Window {
  const since = flag(flags, 'since');
  const from = flag(flags, 'from');
  if (since !== null && from !== null) throw new UserError('--since and --from exclude each other');
  const present = Math.floor(now / 1000);
  const window = {
    from: since === null ? dateOf('from', from) : present - ageOf(since),
    to: dateOf('to', flag(flags, 'to')) ?? (since === null ? null : present),
  };
  if (window.from !== null && window.to !== null && window.from >= window.to) {
    throw new UserError('the window is empty: --from (or --since) must come before --to');
  }
  return window;
}

/** `columns` is the width of the terminal that standard output is, if it is one. */
export function outputOf(flags: Flags, columns?: number): OutputOptions {
  const out = flag(flags, 'out');
  const formats = formatsOf(flag(flags, 'format'), out);
  const folder = out === '-' || out === null ? null : out;
  const splitBy = splitOf(flag(flags, 'split-by'));
  if (folder === null && formats.length > 1) {
    throw new UserError('only one format fits on standard output', {
      hint: '--out DIR writes one file a format',
    });
  }
  if (folder === null && splitBy !== null) {
    throw new UserError('--split-by writes files', { hint: 'name a folder with --out DIR' });
  }
  const quiet = flags['quiet'] === true;
  return {
    formats,
    folder,
    summary: folder !== null && !quiet,
    warnings: folder === null && !quiet && !formats.includes('text'),
    failOn: failOnOf(flags),
    splitBy,
    annotations: annotationsOf(flags),
    view: viewOf(columns),
  };
}

function annotationsOf(flags: Flags): AnnotationFiles {
  return {
    baseline: flag(flags, 'baseline'),
    ignore: flag(flags, 'ignore'),
    owners: flag(flags, 'owners'),
  };
}

/** The path of AWS's list of addresses, if the user has given one. */
export function ipRangesOf(flags: Flags): string | null {
  return flag(flags, 'ip-ranges');
}

/** https://no-color.org */
export function viewOf(columns: number | undefined): View {
  const noColor = process.env['NO_COLOR'] ?? '';
  return columns === undefined ? PLAIN : { width: columns, color: noColor === '' };
}

export function filesOptionsOf(flags: Flags): FilesOptions {
  const threads = flag(flags, 'threads');
  const size = flag(flags, 'max-file-size');
  return {
    allRegions: flags['all-regions'] === true,
    ...(threads === null ? {} : { threads: wholeNumber('threads', threads) }),
    ...(size === null ? {} : { maxInflatedBytes: bytesOf('max-file-size', size) }),
  };
}

function formatsOf(list: string | null, out: string | null): readonly Format[] {
  if (list === null) return out === null || out === '-' ? ['text'] : ['json', 'csv'];
  const names = list.split(',').map((name) => name.trim());
  return [...new Set(names.map(formatOf))];
}

/** Names by which people know formats, too. */
const OTHER_NAMES: Readonly<Record<string, Format>> = { md: 'markdown', txt: 'text' };

function formatOf(name: string): Format {
  const format = OTHER_NAMES[name] ?? name;
  if (isFormat(format)) return format;
  throw new UserError(`unknown format: ${name}`, { hint: `there are: ${FORMATS.join(', ')}` });
}

function splitOf(value: string | null): Split | null {
  if (value === null || isSplit(value)) return value;
  throw new UserError(`--split-by does not know ${value}`, { hint: `there are: ${SPLITS.join(', ')}` }); // prettier-ignore
}

/** A forgotten baseline must not let new findings pass, nor stop the pipeline at all of them. */
function failOnOf(flags: Flags): Gate | null {
  const value = flag(flags, 'fail-on');
  if (value !== null && !isGate(value)) {
    throw new UserError(`--fail-on does not know ${value}`, { hint: `there are: ${GATES.join(', ')}` }); // prettier-ignore
  }
  if (value === 'new' && flag(flags, 'baseline') === null) {
    throw new UserError('--fail-on new needs an earlier report', { hint: 'name it with --baseline' }); // prettier-ignore
  }
  return value;
}

/** A date or a date and time of the calendar, in UTC, of the years that events can have. */
function dateOf(name: string, text: string | null): number | null {
  if (text === null) return null;
  const seconds = parseEventTime(text.includes(':') ? text : `${text}T00:00:00Z`);
  if (seconds !== null) return seconds;
  throw new UserError(`--${name} is not a date of the years 1970 to 2099: ${text}`, {
    hint: 'write 2026-01-31 or 2026-01-31T18:00:00Z',
  });
}

const UNITS: Readonly<Record<string, number>> = { h: 3600, d: 86_400, w: 604_800 };

/** Seconds. */
function ageOf(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,4})([hdw])$/.exec(text) ?? [];
  const seconds = Number(digits) * (UNITS[unit] ?? Number.NaN);
  if (seconds > 0) return seconds;
  throw new UserError(`--since is not an age: ${text}`, { hint: 'write 12h, 30d or 8w' });
}

const SIZES: Readonly<Record<string, number>> = { '': 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 }; // prettier-ignore

export function bytesOf(name: string, text: string): number {
  const [, digits, unit = 'x'] = /^(\d{1,15})(|KiB|MiB|GiB|TiB)$/.exec(text) ?? [];
  const bytes = Number(digits) * (SIZES[unit] ?? Number.NaN);
  if (bytes > 0) return bytes;
  throw new UserError(`--${name} is not a size: ${text}`, { hint: 'write 500MiB or 2GiB' });
}

function wholeNumber(name: string, text: string): number {
  const value = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= 256) return value;
  throw new UserError(`--${name} is not a number from 1 to 256: ${text}`);
}

/** The values of a repeatable flag. */
export function listOf(flags: Flags, name: string): readonly string[] {
  const value = flags[name];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** `--account`, repeated or separated by commas. Throws a UserError. */
export function accountIdsOf(flags: Flags): readonly string[] {
  const ids = listOf(flags, 'account').flatMap((value) => value.split(',').map((id) => id.trim()));
  const wrong = ids.find((id) => !/^\d{12}$/.test(id));
  if (wrong === undefined) return [...new Set(ids)];
  throw new UserError(`not an account: ${wrong}`, { hint: 'an account id has 12 digits' });
}

/** The Region that the environment names; the SDK itself does not know the second variable. */
export function environmentRegion(): string | undefined {
  const { AWS_REGION: region, AWS_DEFAULT_REGION: fallback } = process.env;
  return region ?? fallback;
}

export function flag(flags: Flags, name: string): string | null {
  const value = flags[name];
  return typeof value === 'string' ? value : null;
}
