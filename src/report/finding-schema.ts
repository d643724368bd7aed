import { z } from 'zod';
import type { FindingFacts } from '../contracts.js';
import {
  diagnosisSchema,
  locationSchema,
  remediationSchema,
  riskSchema,
  workloadSchema,
} from './analysis-schema.js';
import { change, ignored, owner } from './annotation-schema.js';
import { count, counts, texts, time } from './schema-parts.js';

const principal = z.object({
  type: z.enum([
    'role',
    'user',
    'root',
    'federated-user',
    'web-identity',
    'saml',
    'external-account',
    'identity-center-user',
    'directory-user',
    'aws-service',
    'unknown',
  ]),
  id: z.string().describe('Canonical name: an ARN where CloudTrail gives one.'),
  accountId: z.string().nullable(),
});

const client = z.object({
  product: z.string(),
  version: z.string().nullable(),
  sdk: z.string().nullable().describe('The SDK whose version decides the default endpoint.'),
  sdkVersion: z.string().nullable(),
  runtime: z.string().nullable(),
  executionEnvironment: z.string().nullable(),
  applicationId: z.string().nullable(),
  endpointOverride: z.boolean().describe('The user agent says that an endpoint was configured.'),
});

const signals = z.object({ 'host-header': count, 'served-host': count, 'endpoint-type': count });

const distinct = z.object({
  count,
  atLeast: z.boolean().describe('There were more values than were told apart.'),
});

const distincts = z.object({
  userAgents: distinct,
  sourceAddresses: distinct,
  sessionNames: distinct,
  requestedSessionNames: distinct,
  targetRoles: distinct,
  issuedTo: distinct,
});

const counted = z.array(z.object({ value: z.string(), calls: count })).readonly();

const samples = z.object({
  userAgents: counted,
  sourceAddresses: texts,
  sessionNames: counted.describe('Sessions and subjects that were folded into the principal.'),
  requestedSessionNames: texts.describe('The roleSessionName that the calls asked for.'),
  targetRoles: texts,
  issuedTo: counted.describe(
    'Compute resources that the credentials were issued to, or the OIDC provider they came through.',
  ),
});

const factsSchema = z.object({
  accountId: z.string().describe('The account that logged the calls.'),
  principal,
  client,
  vpcEndpointId: z.string().nullable(),
  calls: count,
  firstSeen: time,
  lastSeen: time,
  signals: signals.describe('Calls by signal; a call with two signals counts in both.'),
  disagreements: count,
  operations: counts,
  errors: counts.describe('Failed calls by error code.'),
  callsPerDay: z.record(z.iso.date(), count).readonly().describe('Calls by UTC day.'),
  servingRegions: counts.describe('Calls by awsServingRegion; `unknown` before 2025.'),
  tlsVersions: counts,
  longestSessionSeconds: count.nullable(),
  distinct: distincts,
  samples,
  callsWithout: z
    .object({ sessionNames: count, issuedTo: count })
    .describe('Calls that carry no value of the kind.'),
}) satisfies z.ZodType<FindingFacts>;

export const findingSchema = z.object({
  id: z.string().describe('Stable hash of account, principal, client and VPC endpoint.'),
  lineage: z.string().describe('The same without client versions, so that an upgrade is a change.'),
  ...factsSchema.shape,
  risk: riskSchema.describe('How much the calls depend on us-east-1.'),
  diagnosis: diagnosisSchema,
  location: locationSchema.describe('Where the caller runs, as far as the evidence tells.'),
  workload: workloadSchema.nullable(),
  remediation: remediationSchema,
  change: change.optional().describe('Against the baseline.'),
  owner: owner.optional(),
  ignored: ignored.optional().describe('The entry of the ignore list that fits the finding.'),
});

export type Finding = z.infer<typeof findingSchema>;
