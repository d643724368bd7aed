/**
 * The config file of `run`. Relative paths in it start at the file's own folder.
 */
import { z } from 'zod';
import { GATES } from '../report/gate.js';
import { SPLITS } from '../report/split.js';
import { type Format, FORMATS } from '../writers/index.js';
import { sourceSchema } from './source-schema.js';

const path = z.string().min(1);
/** At most some 27 years: what is longer is a slip, and no log is as old. */
const length = z
  .string()
  .regex(/^(?:\d{1,4}[hd]|\d{1,3}w)$/, 'is not an age such as 12h, 30d or 8w')
  .describe('12h, 30d or 8w.');
const age = length.regex(/[1-9]/, 'is no time at all, so the window would be empty');
const moment = z.union([z.iso.date(), z.iso.datetime()]).describe('UTC.');
const window = z.strictObject({
  since: z
    .union([z.literal('last-run'), age])
    .optional()
    .describe('`last-run` starts where the last successful run ended.'),
  first: age.default('30d').describe('How far back the first run of `last-run` looks.'),
  settle: length
    .default('1h')
    .describe('How long before now the window ends: CloudTrail delivers late.'),
  late: length
    .default('1d')
    .describe('How far before the window the run looks for calls that were delivered late.'),
  from: moment.optional(),
  to: moment.optional(),
});

export const configSchema = z.strictObject({
  $schema: z.string().optional(),
  sources: z.array(sourceSchema).min(1).readonly(),
  accounts: z
    .array(z.string().regex(/^\d{12}$/, 'is not an account id of 12 digits'))
    .readonly()
    .default([])
    .describe(
      'Accounts that must be in the evidence to the end; one that is not makes it incomplete.',
    ),
  window: window.prefault({}),
  output: z.strictObject({
    folder: path,
    formats: z
      .array(z.enum(FORMATS))
      .min(1)
      .readonly()
      .default(['json', 'csv', 'markdown', 'html'] satisfies Format[]),
    splitBy: z.enum(SPLITS).optional(),
  }),
  baseline: path
    .default('last-run')
    .describe('`last-run` is the report of the last successful run; else a saved JSON report.'),
  ipRanges: path
    .optional()
    .describe("AWS's published ip-ranges.json, to tell callers in AWS from those outside."),
  ignore: path.optional(),
  owners: path.optional(),
  failOn: z.enum(GATES).optional(),
  incomplete: z
    .enum(['retry', 'accept'])
    .default('retry')
    .describe('After incomplete evidence, `retry` reads the window again in the next run.'),
  state: path.default('.legacy-endpoint-audit').describe('A folder that the next run must find.'),
});

export type Config = z.output<typeof configSchema>;
