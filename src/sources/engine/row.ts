/**
 * A row of the audit query of Athena and CloudTrail Lake, whose values both services return as
 * text. The query's first comment describes the columns.
 */
import { z } from 'zod';

/** Column values by name; null is SQL's NULL. */
export type TextRow = Readonly<Record<string, string | null>>;

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const count = z.coerce.number().int().nonnegative();
/** In a list of texts a number is text too. */
const calls = z.string().transform(Number).pipe(z.int().min(1));
/** Lake is not known to tell NULL from text: it may come as nothing, empty, or as a word. */
const optional = z
  .string()
  .nullish()
  .transform((value) => ((value ?? 'null') === 'null' || value === '' ? null : Number(value)))
  .pipe(z.number().int().nonnegative().nullable());
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .nullish()
    .transform((value, context): unknown => {
      try {
        return JSON.parse(value === '' ? 'null' : (value ?? 'null'));
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    })
    .pipe(schema);
const list = <T extends z.ZodType>(schema: T) =>
  json(z.array(schema).nullable()).transform((values) => values ?? []);

const row = z.object({
  account: text,
  evidence: z.enum([
    'assessable',
    'aws-service',
    'missing',
    'no-event-time',
    'unreadable-event-time',
  ]),
  /** Fields that the calls of the row share, by their path in a record; null for other events. */
  call: json(z.record(z.string(), z.string()).nullable()),
  events: count,
  lost_calls: count,
  /** What the days add up to. Fewer than `events` where the other account's copy of a call counts. */
  calls: count,
  first_event: optional,
  last_event: optional,
  longest_session: optional,
  /** First call, last call, calls: one for each UTC day. */
  days: list(z.tuple([count, count, count.min(1)])),
  /** `userIdentity.arn`, `.principalId`, `.userName`, empty where a record has none; and calls. */
  callers: list(z.tuple([z.string(), z.string(), z.string(), calls])),
  source_addresses: list(z.string()),
  requested_sessions: list(z.string()),
  target_roles: list(z.string()),
  /** The resource or provider, empty where a record has none; and calls. */
  issued_to: list(z.tuple([z.string(), calls])),
  rows_total: count,
});

export type EngineRow = z.infer<typeof row>;
export type Caller = EngineRow['callers'][number];

/** Null when the row is not one of the audit query. */
export function parseRow(values: TextRow): EngineRow | null {
  const result = row.safeParse(values);
  return result.success ? result.data : null;
}
