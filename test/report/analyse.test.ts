import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { CLIENTS } from '../../src/clients/knowledge.js';
import { analyse } from '../../src/report/analyse.js';
import { analysisSchema } from '../../src/report/analysis-schema.js';
import { EKS, makeFacts } from '../clients/make-facts.js';

const lastSeenAgainst = '2026-11-21T00:00:00Z';

const findings = [
  makeFacts(),
  makeFacts({ servingRegions: { 'us-east-1': 3 }, vpcEndpointId: 'vpce-0123456789abcdef0' }),
  makeFacts({
    principal: {
      type: 'web-identity',
      id: `${EKS} system:serviceaccount:a:b -> arn:aws:iam::1:role/r`,
      accountId: null,
    },
  }),
  ...CLIENTS.flatMap(({ examples }) => examples.map(({ text }) => makeFacts({ userAgent: text }))),
];

describe('analyse', () => {
  it('gives what the schema says, nothing more and nothing less', () => {
    for (const facts of findings) {
      const analysis = analyse(facts, { lastSeenAgainst });
      expect(analysisSchema.parse(JSON.parse(JSON.stringify(analysis)))).toEqual(analysis);
    }
  });

  it('gives equal words for equal facts', () => {
    for (const facts of findings) {
      expect(JSON.stringify(analyse(structuredClone(facts), { lastSeenAgainst }))).toBe(
        JSON.stringify(analyse(facts, { lastSeenAgainst })),
      );
    }
  });

  it('has a step, a check and public sources for every caller', () => {
    for (const facts of findings) {
      const { remediation, diagnosis } = analyse(facts, { lastSeenAgainst });
      expect(remediation.steps.length).toBeGreaterThan(0);
      if (diagnosis.cause === 'aws-owned') continue;
      expect(remediation.verify.length).toBe(2);
      expect(remediation.mayBreak.length).toBeGreaterThan(2);
      for (const { sources } of remediation.steps)
        for (const source of sources) expect(source).toMatch(/^https:\/\//);
    }
  });

  it('can be described as JSON Schema', () => {
    expect(z.toJSONSchema(analysisSchema)).toMatchObject({ type: 'object' });
  });
});
