import { describe, expect, it } from 'vitest';

import type { Step } from '../../../src/clients/advice.js';

import { STEP_NEEDS } from '../../../src/clients/advice.js';
import { CLIENTS } from '../../../src/clients/knowledge.js';
import { analyse } from '../../../src/report/analyse.js';
import { EKS, makeFacts, type FactsOptions } from '../make-facts.js';

function stepsOf(options: FactsOptions): readonly Step[] {
  return analyse(makeFacts(options), { lastSeenAgainst: '2026-11-21T00:00:00Z' }).remediation.steps;
}

const titlesOf = (options: FactsOptions, need: Step['need']): string[] =>
  stepsOf(options).flatMap((step) => (step.need === need ? [step.title] : []));
const boto = (version: string, more = ''): string =>
  `Boto3/1.26.1 Python/3.9.5 Linux/5${more} Botocore/${version}`;
const EXAMPLES = CLIENTS.flatMap(({ examples }) => examples.map(({ text }) => text));

describe('the steps', () => {
  it('stand in the order of their needs, for every known client', () => {
    for (const userAgent of EXAMPLES) {
      const needs = stepsOf({ userAgent }).map(({ need }) => STEP_NEEDS.indexOf(need));
      expect(needs).toEqual(needs.toSorted((a, b) => a - b));
    }
  });

  it('offer every known client a way, unless Amazon made the call', () => {
    for (const userAgent of EXAMPLES) {
      const steps = stepsOf({ userAgent });
      const [first] = steps;
      // Nobody can change what AWS, a vendor or a scanner for leaked keys runs.
      const isOthers = /nothing to change|^Check the release notes|leaked key/.test(
        first?.title ?? '',
      );
      expect(isOthers || steps.some(({ need }) => need === 'one-of')).toBe(true);
    }
  });

  it('are led by what nothing else can do without', () => {
    expect(titlesOf({ userAgent: 'acme/1' }, 'first')).toEqual(['Find the program']);
    expect(titlesOf({ userAgent: `${boto('1.38.0')} m/N` }, 'first')).toEqual([
      'Find and remove what sends it to the global endpoint',
    ]);
    expect(titlesOf({ userAgent: boto('1.38.0') }, 'first')).toEqual([]);
  });

  it('end with what moves nobody by itself', () => {
    expect(titlesOf({ vpcEndpointId: 'vpce-0123456789abcdef0' }, 'also')).toEqual([
      'Remove the DNS override once nobody needs it',
    ]);
    expect(titlesOf({}, 'also')).toEqual(['If it runs in a VPC, add an STS interface endpoint']);
  });
});

describe('a configured endpoint', () => {
  const marked = { userAgent: `${boto('1.40.0')} m/N`, operations: { GetCallerIdentity: 1 } };

  it('is cured by taking it away, or by code that names another, and by nothing else', () => {
    expect(titlesOf(marked, 'one-of')).toEqual([
      'Find and remove what sends it to the global endpoint',
      'Name the Region in the code',
    ]);
  });

  it('wins over a Region in the code', () => {
    const swift = { userAgent: 'aws-sdk-swift/1.5.86 ua/2.1 m/N' };
    expect(titlesOf(swift, 'one-of')).toEqual([
      'Find and remove what sends it to the global endpoint',
    ]);
    const unmarked = stepsOf({ userAgent: 'aws-sdk-swift/1.5.86 ua/2.1' });
    expect(unmarked.find(({ title }) => title.includes('in the code'))?.detail).toContain(
      'no configured endpoint',
    );
  });

  it('is no obstacle where Java SDK v2 set it for want of a Region', () => {
    const chain = {
      userAgent: 'aws-sdk-java/2.31.0 ua/2.1 m/D,N',
      operations: { AssumeRoleWithWebIdentity: 5 },
    };
    expect(titlesOf(chain, 'one-of')[0]).toBe('Set AWS_REGION in its environment');
  });
});

describe('programs that hide behind the text of their SDK', () => {
  const go = 'aws-sdk-go/1.44.1 (go1.20; linux; amd64)';
  const hidden = (options: FactsOptions): string =>
    stepsOf({ userAgent: go, ...options }).find(({ title }) => title.includes('its own switch'))
      ?.detail ?? '';

  it('are named only where they can run', () => {
    const principal = {
      type: 'web-identity',
      id: `${EKS} system:serviceaccount:a:b -> r`,
      accountId: null,
    } as const;
    expect(hidden({ principal })).toContain('external-dns');
    expect(hidden({ principal })).not.toContain('saml2aws');
    const instance = { samples: { sessionNames: ['i-0123456789abcdef0'] } };
    expect(hidden(instance)).toContain('saml2aws');
    expect(hidden(instance)).not.toContain('external-dns');
    expect(hidden({})).toContain('external-dns');
  });
});
