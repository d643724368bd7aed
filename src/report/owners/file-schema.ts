import { z } from 'zod';

const patterns = z
  .union([z.string().min(1), z.array(z.string().min(1)).min(1).readonly()])
  .describe('A pattern, or several of which one must fit. * is any text, ? one character.');

/** Names are cut into words at everything else, so another character could never fit. */
const word = z.string().regex(/^[\p{L}\p{N}*?]+$/u, 'is not one word: give `name` with * for more');
const words = z.union([word, z.array(word).min(1).readonly()]);

const entry = z
  .strictObject({
    account: patterns.optional().describe("The principal's account: 12 digits or a pattern."),
    principal: patterns.optional().describe('The principal, such as arn:aws:iam::*:role/pay-*.'),
    name: patterns.optional().describe("The last part of the principal's name."),
    tag: words
      .optional()
      .describe('A word of the name: `payments` fits svc-payments-prod. Case does not matter.'),
    client: patterns
      .optional()
      .describe('The client, with or without its version: `Terraform*` fits its AWS provider.'),
    team: z.string().trim().min(1),
    contact: z.string().trim().min(1).optional().describe('An address or a channel.'),
    ticketProject: z.string().trim().min(1).optional().describe('Key of the ticket project.'),
  })
  .refine(({ account, principal, name, tag, client }) =>
    [account, principal, name, tag, client].some((pattern) => pattern !== undefined), {
    error: 'names nobody: give account, principal, name, tag or client',
  }); // prettier-ignore

/** The map from callers to teams as people write it. */
export const ownersFileSchema = z
  .strictObject({
    $schema: z.string().optional(),
    owners: z.array(entry).readonly().describe('The first entry that fits wholly decides.'),
  })
  .transform(({ owners }) => owners);

export type OwnersMap = z.output<typeof ownersFileSchema>;
export type OwnersEntry = OwnersMap[number];
