/**
 * Reports with hostile text in every field that can hold text: whatever the schema lets through.
 */
import fc from 'fast-check';
import { z } from 'zod';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { annotatedReport } from './annotated.js';
import { reportOfWeek } from './organisation.js';
import { merge } from '../../src/report/merge/merge.js';
import { GAP } from './callers.js';

type Path = readonly (string | number)[];

/** Text that means something to some reader of some format. */
const PAYLOADS = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style></script><svg onload=alert(1)>',
  '--><b>x</b><!--',
  ']]><x/>',
  '&lt;b&gt; &amp; &#x3c;',
  'javascript:alert(1)',
  '=HYPERLINK("https://evil.example","x")',
  '+1+1',
  '-2+3',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '| a | b |\n| --- | --- |',
  '`code` ``two`` ```three```',
  '```\n# heading\n',
  '[link](https://evil.example)',
  '![image](https://evil.example/x.png)',
  'https://evil.example www.evil.example a@evil.example',
  '@octocat closes #1 gh-2',
  '</details><details open>',
  '- item\n1. item\n# heading',
  '> quote **bold** _it_ ~~s~~ $x$',
  '\\` \\| \\<',
  'a\\',
  '\u001b[2J\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007',
  '\u009b2J \u202eesrever \u2066x\u2069 \ufeff\u200b',
  'line\nbreak\r\nand\u2028more\u0085',
  '\u0000\u0001\u0008\u000b\u007f',
  '\ud800 alone \udc00',
  '\ufffe\uffff',
  '日本語 👩‍👩‍👧 é',
  '__proto__',
  '',
  ' ',
  '%s %n {{7*7}} ${7*7}',
  '../../etc/passwd',
] as const;

const hostileText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...PAYLOADS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...PAYLOADS), fc.constantFrom(...PAYLOADS)).map((two) => two.join('')) },
); // prettier-ignore

const DELIVERIES = { accountId: '111122223333', region: 'us-east-1', files: 1, first: null, last: null, longestPauseDays: 0 }; // prettier-ignore

/** A report that has everything a report can have. */
async function fullReport(): Promise<Report> {
  const annotated = await annotatedReport();
  const week = await reportOfWeek(0);
  const awsManaged = [
    {
      service: 'ec2.amazonaws.com',
      accountId: '111122223333',
      calls: 3,
      firstSeen: '2026-01-05T00:00:00Z',
      lastSeen: '2026-01-06T00:00:00Z',
      operations: { AssumeRole: 3 },
      servingRegions: { unknown: 3 },
      targetRoles: ['arn:aws:iam::111122223333:role/x'],
    },
  ];
  const gaps = [{ source: 'files', ...GAP }];
  const owner = { team: 'Web', contact: '#web', ticketProject: 'WEB' };
  const owned = <T extends object>(list: readonly T[]): T[] => list.map((one) => Object.assign({}, one, { owner }));
  const gone = owned(annotated.changes?.gone ?? []);
  const ticketed = <T extends object>(list: readonly T[] = []): T[] => list.map((one) => Object.assign({}, one, { ticket: 'SEC-1' }));
  const { ignoreList } = annotated;
  const sampled = { requestedSessionNames: ['session'], targetRoles: ['role'], issuedTo: [{ value: 'instance', calls: 1 }] };
  return {
    ...annotated,
    findings: annotated.findings.map((finding) => Object.assign({}, finding, { samples: { ...finding.samples, ...sampled } })),
    sources: annotated.sources.map((source) => Object.assign({}, source, { notes: ['Note.'], deliveries: [DELIVERIES] })),
    history: owned(annotated.history ?? []),
    ignoreList: ignoreList && { ...ignoreList, expired: ticketed(ignoreList.expired), unused: ticketed(ignoreList.unused) },
    late: {
      from: '2026-01-11T00:00:00Z',
      calls: 3,
      note: 'Note.',
      callers: [{ accountId: '111122223333', principal: 'arn:aws:iam::111122223333:role/x', calls: 1 }],
    },
    ownersMap: { entries: 1, unused: ['Entry.'] },
    awsManaged,
    coverage: { ...annotated.coverage, complete: false, gaps, rejectedRecords: { odd: 1 } },
    changes: annotated.changes && { ...annotated.changes, gone, quiet: gone, unconfirmed: gone, notes: ['Note.'] },
    slice: { by: 'owner', name: 'Payments' },
    merged: merge([week, week]).merged,
  };
} // prettier-ignore

const FULL = await fullReport();

/** Where the schema takes any text: as a value, or as a key of a record. */
const VALUES = textPaths(FULL, []).filter((path) => accepts(withValue(FULL, path, PAYLOADS[0])));
const RECORDS = recordPaths(FULL, []).filter((path) => accepts(withKey(FULL, path, PAYLOADS[0])));

/** Enough texts for neighbours to differ. */
export const hostileTexts = fc.array(hostileText, { minLength: 12, maxLength: 12 });

/** Each text of the report is replaced, and a key is added to each record. */
export function hostileReport(texts: readonly string[]): Report {
  const report = structuredClone(FULL);
  VALUES.forEach((path, index) => put(report, path, texts[index % texts.length] ?? ''));
  RECORDS.forEach((path, index) => put(report, [...path, texts[index % texts.length] ?? ''], 1));
  return reportSchema.parse(report);
}

/** Where hostile text stands, as `findings[].principal.id`; for keys of records `findings[].errors{}`. */
export const HOSTILE_PLACES: ReadonlySet<string> = new Set([
  ...VALUES.map((path) => placeOf(path)),
  ...RECORDS.map((path) => `${placeOf(path)}{}`),
]);

function placeOf(path: Path): string {
  const steps = path.map((step) => (typeof step === 'number' ? '[]' : `.${step}`));
  return steps.join('').slice(1);
}

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: unknown;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** The same, of every place where the report's schema lets any text through. */
export function placesForText(): Set<string> {
  return new Set(textPlaces(z.toJSONSchema(reportSchema, { reused: 'inline' }) as Schema, ''));
}

function textPlaces(schema: Schema, place: string): string[] {
  const { properties = {}, items, anyOf = [], oneOf = [], additionalProperties: rest } = schema;
  const record = typeof rest === 'object' && Object.keys(rest).length > 0 ? rest : null;
  return [
    ...(isAnyText(schema) ? [place] : []),
    ...Object.entries(properties).flatMap(([key, child]) => textPlaces(child, place === '' ? key : `${place}.${key}`)),
    ...(items === undefined ? [] : textPlaces(items, `${place}[]`)),
    ...[...anyOf, ...oneOf].flatMap((child) => textPlaces(child, place)),
    ...(record === null ? [] : [...(isAnyText(schema.propertyNames ?? {}) ? [`${place}{}`] : []), ...textPlaces(record, `${place}{}`)]),
  ];
} // prettier-ignore

function isAnyText(schema: Schema): boolean {
  const bounded = ['format', 'pattern', 'enum', 'const'] as const;
  return schema.type === 'string' && bounded.every((word) => schema[word] === undefined);
}

function accepts(report: unknown): boolean {
  return reportSchema.safeParse(report).success;
}

function withValue(report: Report, path: Path, value: string): unknown {
  const changed = structuredClone(report);
  put(changed, path, value);
  return changed;
}

function withKey(report: Report, path: Path, key: string): unknown {
  const changed = structuredClone(report);
  put(changed, [...path, key], 1);
  const again = reportSchema.safeParse(changed);
  // An object drops keys that it does not know; a record keeps them.
  return again.success && JSON.stringify(again.data).includes(JSON.stringify(key)) ? changed : null;
}

function textPaths(value: unknown, path: Path): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => textPaths(child, [...path, keyOf(value, key)]));
} // prettier-ignore

function recordPaths(value: unknown, path: Path): Path[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return Array.isArray(value) ? value.flatMap((child, index) => recordPaths(child, [...path, index])) : [];
  }
  const children = Object.entries(value).flatMap(([key, child]) => recordPaths(child, [...path, key]));
  const counts = Object.values(value).every((child) => typeof child === 'number');
  return counts ? [path, ...children] : children;
} // prettier-ignore

function keyOf(parent: object, key: string): string | number {
  return Array.isArray(parent) ? Number(key) : key;
}

function put(target: unknown, path: Path, value: unknown): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => Reflect.get(Object(at), key), target);
  Object.defineProperty(parent, path.at(-1) ?? '', { value, enumerable: true, writable: true, configurable: true });
} // prettier-ignore
