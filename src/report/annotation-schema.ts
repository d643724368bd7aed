/**
 * What a report says besides the evidence: who owns a finding, what is ignored, what changed since
 * an earlier report. All of it is optional, since it depends on files that a run may not have.
 */
import { z } from 'zod';
import { RISK_TIERS } from '../clients/advice.js';
import { count, texts, time } from './schema-parts.js';

const day = z.iso.date();

export const owner = z.object({
  team: z.string(),
  contact: z.string().optional(),
  ticketProject: z.string().optional(),
});

export const ownersMap = z.object({
  entries: count,
  unused: texts.describe(
    'Entries that own nothing in the report, each with its patterns and team.',
  ),
});

export const ignored = z.object({
  reason: z.string(),
  ticket: z.string().optional(),
  until: day.describe('Last day on which the entry holds.'),
  expired: z.boolean().describe('True: the finding counts again.'),
});

/** An entry of the ignore list, as the report shows it. */
const ignoreEntry = z.object({
  matches: z.string().describe('The patterns of the entry, on one line.'),
  reason: z.string(),
  ticket: z.string().optional(),
  until: day,
  findings: count.describe('Findings that the entry fits.'),
});

export const ignoreList = z.object({
  entries: count,
  findings: count.describe('Findings that do not count.'),
  calls: count.describe('Their calls.'),
  expired: z.array(ignoreEntry).readonly(),
  unused: z.array(ignoreEntry).readonly().describe('Entries that fit no finding.'),
});

const whatChanged = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('client'), added: texts, removed: texts }),
  z.object({
    kind: z.literal('volume'),
    direction: z.enum(['up', 'down']),
    from: z.number().min(0).describe('Calls per day.'),
    to: z.number().min(0),
  }),
  z.object({ kind: z.literal('risk'), from: z.enum(RISK_TIERS), to: z.enum(RISK_TIERS) }),
]);

const silence = {
  quietDays: count.describe('Whole days between the last call and the end of the evidence.'),
  longestSilenceDays: count.describe('Most days without a call between two calls, ever seen.'),
};

export const change = z.object({
  status: z.enum(['new', 'persisting', 'changed', 'regressed']),
  what: z.array(whatChanged).readonly().describe('Empty unless the status is `changed`.'),
  ignoredBefore: z
    .boolean()
    .optional()
    .describe('True: the baseline ignored it, so it is new to those who act on what is not.'),
  knownSince: time.describe('First call in any of the reports of the chain.'),
  goneSince: time.nullable().describe('Last call before it came back; null unless regressed.'),
  ...silence,
});

/** A lineage that an earlier report had and this one has not. */
const absent = z.object({
  lineage: z.string(),
  accountId: z.string(),
  principalType: z.string(),
  principal: z.string(),
  principalAccountId: z.string().nullable(),
  client: z.string(),
  products: texts.optional().describe('Names of the client without versions.'),
  vpcEndpointId: z.string().nullable(),
  owner: owner.optional(),
  ignoredBefore: z.boolean().optional().describe('True: it was ignored when it was last seen.'),
  status: z
    .enum(['gone', 'quiet', 'unconfirmed'])
    .describe(
      '`gone`: complete evidence without a call, twice as long as it may ever have been silent before. `quiet`: the same, but not as long. `unconfirmed`: the evidence does not suffice.',
    ),
  because: z.string().describe('One sentence.'),
  firstSeen: time,
  lastSeen: time,
  ...silence,
  silentSince: time
    .optional()
    .describe('From here to the end of the evidence there was no call; unknown when unconfirmed.'),
});

export const changes = z.object({
  baseline: z.object({
    generatedAt: time,
    window: z.object({ from: time.nullable(), to: time.nullable() }),
    complete: z.boolean(),
    calls: count.optional().describe('Left out in a part of a larger report.'),
    findings: count.optional(),
  }),
  lineages: z
    .object({
      new: count,
      persisting: count,
      changed: count,
      regressed: count,
      gone: count,
      quiet: count,
      unconfirmed: count,
    })
    .describe('Findings are matched by lineage, so an upgraded client is one change.'),
  gone: z.array(absent).readonly(),
  quiet: z.array(absent).readonly(),
  unconfirmed: z.array(absent).readonly(),
  notes: texts.describe('What limits the comparison.'),
});

export const history = z
  .array(absent)
  .readonly()
  .describe('Every lineage of earlier reports that is not a finding of this one.');

/** Calls that CloudTrail delivered after the run that covered their time. */
export const late = z.object({
  from: time.describe('The run looked back to here.'),
  calls: count.describe('Calls before the window that no earlier run had counted; they count here.'),
  note: z.string().optional().describe('Why the run did not look back.'),
  callers: z
    .array(z.object({ accountId: z.string(), principal: z.string(), calls: count }))
    .readonly()
    .optional()
    .describe("Who made calls that an earlier run counted for the account called, since the caller's own record came late. Not counted here."),
}); // prettier-ignore

export const slice = z.object({
  by: z.enum(['account', 'owner', 'principal']),
  name: z.string(),
});

export const merged = z.object({
  reports: z
    .array(
      z.object({
        generatedAt: time,
        window: z.object({ from: time.nullable(), to: time.nullable() }),
        accounts: texts,
        complete: z.boolean(),
        calls: count,
      }),
    )
    .readonly(),
  overlaps: z
    .array(
      z.object({
        accountId: z.string(),
        from: day,
        to: day.describe('The last day, inclusive.'),
        calls: count.describe('Calls of those days as counted here: of each day the larger count.'),
        callsIfDistinct: count.describe('What they would be if no call were in two reports.'),
      }),
    )
    .readonly()
    .describe('Days that more than one report covers.'),
  notes: texts.describe('Where copies could not be told apart.'),
});

export type Owner = z.infer<typeof owner>;
export type Ignored = z.infer<typeof ignored>;
export type IgnoreEntryStatus = z.infer<typeof ignoreEntry>;
export type IgnoreListStatus = z.infer<typeof ignoreList>;
export type WhatChanged = z.infer<typeof whatChanged>;
export type Change = z.infer<typeof change>;
export type Absent = z.infer<typeof absent>;
export type Changes = z.infer<typeof changes>;
export type Slice = z.infer<typeof slice>;
export type Merged = z.infer<typeof merged>;
