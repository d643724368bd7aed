import { z } from 'zod';

const patterns = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1).readonly()])
  .describe('A pattern, or several of which one must fit. * is any text, ? one character.');

const day = z.iso.date();

const entry = z
  .strictObject({
    finding: patterns.optional().describe('Id or lineage of a finding.'),
    account: patterns.optional().describe('The account that logged the calls.'),
    principal: patterns.optional().describe('The principal, such as arn:aws:iam::*:role/legacy-*.'),
    client: patterns.optional().describe('The client, with or without its version.'),
    vpcEndpoint: patterns.optional().describe('The VPC endpoint; `none` for calls without one.'),
    reason: z.string().trim().min(1).describe('Why it is right to leave this as it is.'),
    ticket: z.string().trim().min(1).optional(),
    until: day.optional().describe('Last day on which the entry holds.'),
  })
  .refine(({ finding, account, principal, client, vpcEndpoint }) =>
    [finding, account, principal, client, vpcEndpoint].some((pattern) => pattern !== undefined), {
    error: 'names nothing to ignore: give finding, account, principal, client or vpcEndpoint',
  }); // prettier-ignore

/** The ignore list as people write it. Nothing is ignored for ever. */
export const ignoreFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    until: day.optional().describe('Last day of the entries that name none.'),
    ignore: z
      .array(entry)
      .readonly()
      .describe('A finding is ignored when all patterns of one entry fit it.'),
  })
  .superRefine(({ until, ignore }, context) => {
    for (const [index, { until: own }] of ignore.entries()) {
      if (own !== undefined || until !== undefined) continue;
      const message = 'has no last day: give `until` here or for the whole list';
      context.addIssue({ code: 'custom', message, path: ['ignore', index], input: own });
    }
  })
  .transform(({ until, ignore }) =>
    ignore.map((one) => ({ ...one, until: one.until ?? until ?? '' })),
  );

/** Entries, each with its last day. */
export type IgnoreList = z.output<typeof ignoreFileSchema>;
export type IgnoreEntry = IgnoreList[number];
