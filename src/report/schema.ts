/**
 * The report: the contract between the audit, the writers and other people's scripts. Fields are
 * added, never renamed; a change of meaning raises `schemaVersion`.
 */
import { z } from 'zod';
import {
  changes,
  history,
  ignoreList,
  late,
  merged,
  ownersMap,
  slice,
} from './annotation-schema.js';
import { findingSchema } from './finding-schema.js';
import { count, counts, texts, time } from './schema-parts.js';

const gap = z.object({
  source: z.string().describe('Name of the source, or `audit` for the run as a whole.'),
  code: z.string().describe('Stable word for scripts, such as `cut-short`.'),
  subject: z.string().describe('The file, account, query or Region that it concerns.'),
  message: z.string(),
});

const seen = {
  stsEvents: count.describe('STS events in the window, each once.'),
  assessable: count.describe('Of those, events that tell which endpoint was called.'),
  notAssessable: count.describe('Of those, events that do not.'),
  notAssessableByAwsServices: count.describe(
    'Of the latter, calls that AWS services made; CloudTrail never logs their endpoint.',
  ),
};

const deduplication = z.object({
  duplicates: count.describe('Further copies of an event that was already counted.'),
  replaced: count.describe('Events replaced by a later record (addendum UPDATED_DATA).'),
  crossAccountCopies: count.describe('Second copies of calls that two accounts logged.'),
});

const coverage = z
  .object({
    complete: z.boolean().describe('Every row that matched was read, and some could be assessed.'),
    gaps: z.array(gap).readonly().describe('What keeps the evidence from being complete.'),
    ...seen,
    firstEvent: time.nullable().describe('Earliest STS event in the window.'),
    lastEvent: time.nullable(),
    exact: z
      .boolean()
      .describe('False when there were too many STS events to tell copies apart in these numbers.'),
    accounts: z
      .array(
        z.object({
          accountId: z.string(),
          ...seen,
          firstEvent: time.nullish().describe('Earliest STS event of the account in the window.'),
          lastEvent: time.nullish(),
        }),
      )
      .readonly(),
    disagreements: count.describe('Calls whose fields contradict each other about the endpoint.'),
    rejectedRecords: counts.describe('STS records that could not be used, by reason.'),
    deduplication,
  })
  .refine(({ complete, gaps }) => !complete || gaps.length === 0, {
    error: 'is called complete, but names gaps',
  });

const deliveries = z.object({
  accountId: z.string(),
  region: z.string(),
  files: count,
  first: time.nullable().describe('When the first was delivered; null when no name says.'),
  last: time.nullable(),
  longestPauseDays: count.describe('Most UTC days in a row between them without one.'),
});

const source = z.object({
  name: z.string(),
  targets: texts.describe('What was read.'),
  accounts: texts,
  regions: texts,
  deliveries: z
    .array(deliveries)
    .readonly()
    .optional()
    .describe(
      'Log files that were read and hold a management event that reads and a record of the account, by account and Region. Of `athena` only accounts without a partition on days between others, with no files. Absent when there is neither.',
    ),
  notes: texts.describe('What was left out on purpose.'),
  figures: counts.describe('Files, bytes, rows, pages.'),
});

const awsManaged = z.object({
  service: z.string(),
  accountId: z.string(),
  calls: count,
  firstSeen: time,
  lastSeen: time,
  operations: counts,
  servingRegions: counts,
  targetRoles: texts,
});

export const reportSchema = z.object({
  schemaVersion: z.literal(1),
  generatedAt: time,
  tool: z.object({ name: z.string(), version: z.string() }),
  window: z.object({
    from: time.nullable().describe('First moment; null is unbounded.'),
    to: time
      .nullable()
      .describe(
        'The moment after the last, which --since sets to the start of the run; null is unbounded.',
      ),
  }),
  coverage,
  sources: z.array(source).readonly(),
  totals: z.object({
    calls: count.describe('Calls of all findings; those of AWS services are not among them.'),
    findings: count,
    principals: count,
    awsManagedCalls: count,
  }),
  findings: z.array(findingSchema).readonly(),
  awsManaged: z
    .array(awsManaged)
    .readonly()
    .describe('Calls that AWS services made: nobody has to change anything.'),
  changes: changes.optional(),
  history: history.optional(),
  ownersMap: ownersMap.optional(),
  ignoreList: ignoreList.optional(),
  late: late.optional().describe('Set by a scheduled run that looked back.'),
  slice: slice.optional().describe('Set when the report is one part of a larger one.'),
  merged: merged.optional(),
});

export type Report = z.infer<typeof reportSchema>;
export type ReportGap = z.infer<typeof gap>;
export type ReportSource = z.infer<typeof source>;
export type AwsManaged = z.infer<typeof awsManaged>;
