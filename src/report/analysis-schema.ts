import { z } from 'zod';

import type {
  Analysis,
  Diagnosis,
  Location,
  Note,
  Remediation,
  Risk,
  Step,
  Workload,
} from '../clients/advice.js';

import {
  CAUSES,
  LOCATION_KINDS,
  RISK_TIERS,
  STEP_NEEDS,
  WORKLOAD_KINDS,
} from '../clients/advice.js';

/** The interfaces of `clients/advice.ts` for validation. The annotations make the compiler compare. */

const confidence = z.enum(['high', 'medium', 'low']);

export const diagnosisSchema: z.ZodType<Diagnosis> = z.object({
  cause: z.enum(CAUSES).describe('The likeliest reason for the global endpoint'),
  candidates: z.array(z.enum(CAUSES)).describe('Every reason that fits, likeliest first'),
  explanation: z.string(),
  confidence,
  defaultMode: z
    .enum(['legacy', 'regional', 'unknown'])
    .describe('Where this version goes by default'),
});

export const workloadSchema: z.ZodType<Workload> = z.object({
  kind: z.enum(WORKLOAD_KINDS),
  name: z.string().nullable(),
  text: z.string().describe('Words that the owner recognises'),
  confidence,
});

export const locationSchema: z.ZodType<Location> = z.object({
  kind: z.enum(LOCATION_KINDS),
  region: z.string().nullable().describe('The Region to name in the fix'),
  confidence,
  explanation: z.string(),
});

export const riskSchema: z.ZodType<Risk> = z.object({
  tier: z.enum(RISK_TIERS).describe('How much the finding depends on us-east-1'),
  score: z.int().describe('Sorts findings, greatest first'),
  explanation: z.string(),
});

const snippet = z.object({ label: z.string(), language: z.string(), code: z.string() });

const note = {
  title: z.string(),
  detail: z.string(),
  snippets: z.array(snippet).describe('All of them, unless a label says `or`'),
  sources: z.array(z.string()),
};
const noteSchema: z.ZodType<Note> = z.object(note);

const stepSchema: z.ZodType<Step> = z.object({
  need: z
    .enum(STEP_NEEDS)
    .describe('`first`: before the others; `one-of`: any one of these; `also`: moves nobody alone'),
  ...note,
});

export const remediationSchema: z.ZodType<Remediation> = z.object({
  steps: z.array(stepSchema).describe('In the order of their needs, then the best first'),
  mayBreak: z.array(z.string()),
  verify: z.array(noteSchema),
});

export const analysisSchema: z.ZodType<Analysis> = z.object({
  diagnosis: diagnosisSchema,
  remediation: remediationSchema,
  workload: workloadSchema.nullable(),
  location: locationSchema,
  risk: riskSchema,
});
