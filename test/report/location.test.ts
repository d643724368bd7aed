import { describe, expect, it } from 'vitest';

import type { Location, LocationKind } from '../../src/clients/advice.js';

import { parseAddressRanges } from '../../src/report/address-ranges.js';
import { locate } from '../../src/report/location.js';
import { assessRisk } from '../../src/report/risk.js';
import { EKS, makeFacts, type FactsOptions } from '../clients/make-facts.js';

const ranges = parseAddressRanges({
  prefixes: [
    { ip_prefix: '3.0.0.0/16', region: 'eu-west-1', service: 'EC2' },
    { ip_prefix: '3.1.0.0/16', region: 'us-east-1', service: 'EC2' },
    { ip_prefix: '3.2.0.0/16', region: 'me-south-1', service: 'EC2' },
    { ip_prefix: '3.3.0.0/16', region: 'GLOBAL', service: 'AMAZON' },
  ],
  ipv6_prefixes: [{ ipv6_prefix: '2600:1f00::/24', region: 'eu-south-2', service: 'EC2' }],
});

const VIRGINIA = { servingRegions: { 'us-east-1': 100 } };
const cluster = (region: string): FactsOptions => ({
  principal: {
    type: 'web-identity',
    id: `${EKS.replace('eu-west-1', region)} system:serviceaccount:a:b -> r`,
    accountId: null,
  },
});
const from = (...sourceAddresses: string[]): FactsOptions => ({ samples: { sourceAddresses } });

const CASES: readonly (readonly [string, FactsOptions, LocationKind, string | null])[] = [
  [
    'a serving Region that only local callers have',
    { servingRegions: { 'eu-west-1': 9 } },
    'aws-default-region',
    'eu-west-1',
  ],
  [
    'the busiest of several',
    { servingRegions: { 'eu-west-1': 9, 'sa-east-1': 20, 'us-east-1': 3 } },
    'aws-default-region',
    'sa-east-1',
  ],
  [
    'the first by name of equals',
    { servingRegions: { 'eu-west-2': 9, 'eu-west-1': 9 } },
    'aws-default-region',
    'eu-west-1',
  ],
  [
    'a role whose sessions came through an EKS issuer',
    { samples: { issuedTo: [EKS.replace('eu-west-1', 'me-south-1')] }, ...VIRGINIA },
    'aws-opt-in-region',
    'me-south-1',
  ],
  [
    'a role whose name is that of an issuer',
    {
      principal: {
        type: 'role',
        id: 'arn:aws:iam::111122223333:role/oidc.eks.ap-southeast-3.amazonaws.com-admin',
        accountId: '111122223333',
      },
      ...VIRGINIA,
    },
    'unknown',
    null,
  ],
  [
    'a web identity of an issuer with the name of one in its path',
    {
      principal: {
        type: 'web-identity',
        id: 'idp.example.com/oidc.eks.ap-southeast-3.amazonaws.com/id/A b -> r',
        accountId: null,
      },
      ...VIRGINIA,
    },
    'unknown',
    null,
  ],
  ['us-east-1, which says little', VIRGINIA, 'unknown', null],
  ['us-east-1 mostly', { servingRegions: { 'us-east-1': 90, 'eu-west-1': 10 } }, 'unknown', null],
  ['records before 2025', { servingRegions: { unknown: 100 } }, 'unknown', null],
  ['a Region that is none', { servingRegions: { '<script>': 100 } }, 'unknown', null],
  [
    'a cluster in an opt-in Region',
    { ...cluster('me-south-1'), ...VIRGINIA },
    'aws-opt-in-region',
    'me-south-1',
  ],
  ['a cluster in us-east-1', { ...cluster('us-east-1'), ...VIRGINIA }, 'us-east-1', 'us-east-1'],
  [
    'a cluster with foreign DNS',
    { ...cluster('eu-west-1'), ...VIRGINIA },
    'foreign-dns',
    'eu-west-1',
  ],
  [
    'a cluster before 2025',
    { ...cluster('eu-west-1'), servingRegions: { unknown: 5 } },
    'aws-default-region',
    'eu-west-1',
  ],
  [
    'a cluster while us-east-1 still served everything',
    { ...cluster('eu-west-1'), ...VIRGINIA, callsPerDay: { '2025-03-01': 100 } },
    'aws-default-region',
    'eu-west-1',
  ],
  [
    'a function in an opt-in Region',
    { ...VIRGINIA, samples: { issuedTo: ['arn:aws:lambda:af-south-1:1:function:f'] } },
    'aws-opt-in-region',
    'af-south-1',
  ],
  [
    'functions in two Regions',
    {
      ...VIRGINIA,
      samples: {
        issuedTo: [
          'arn:aws:lambda:af-south-1:1:function:f',
          'arn:aws:lambda:eu-west-1:1:function:f',
        ],
      },
    },
    'unknown',
    null,
  ],
  [
    'an EC2 address in an opt-in Region',
    { ...VIRGINIA, ...from('3.2.0.1') },
    'aws-opt-in-region',
    'me-south-1',
  ],
  [
    'an IPv6 address in an opt-in Region',
    { ...VIRGINIA, ...from('2600:1f00::1') },
    'aws-opt-in-region',
    'eu-south-2',
  ],
  ['an EC2 address in us-east-1', { ...VIRGINIA, ...from('3.1.0.1') }, 'us-east-1', 'us-east-1'],
  [
    'an EC2 address with foreign DNS',
    { ...VIRGINIA, ...from('3.0.0.1') },
    'foreign-dns',
    'eu-west-1',
  ],
  ['an address outside AWS', { ...VIRGINIA, ...from('203.0.113.7') }, 'outside-aws', null],
  [
    'more addresses outside than inside',
    { ...VIRGINIA, ...from('203.0.113.7', '203.0.113.8', '3.0.0.1') },
    'outside-aws',
    null,
  ],
  ['private addresses only', { ...VIRGINIA, ...from('10.0.0.1', 'fd00::1') }, 'unknown', null],
  [
    'names in place of addresses',
    { ...VIRGINIA, ...from('lambda.amazonaws.com', 'AWS Internal') },
    'unknown',
    null,
  ],
  ['an edge address', { ...VIRGINIA, ...from('3.3.0.1') }, 'unknown', null],
  [
    'a GitHub runner',
    {
      ...VIRGINIA,
      principal: {
        type: 'web-identity',
        id: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com repo:a/b:* -> r',
        accountId: null,
      },
    },
    'outside-aws',
    null,
  ],
  [
    'a GitHub runner of an enterprise',
    {
      ...VIRGINIA,
      principal: {
        type: 'web-identity',
        id: 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com/acme repo:a/b:* -> r',
        accountId: null,
      },
    },
    'outside-aws',
    null,
  ],
];

describe('locate', () => {
  it.each(CASES)('by %s', (_what, options, kind, region) => {
    const location = locate(makeFacts(options), ranges);
    expect(location).toMatchObject({ kind, region });
    expect(location.explanation).toMatch(/^[^<]+\.$/);
  });

  it('says nothing of addresses without the list', () => {
    expect(locate(makeFacts({ ...VIRGINIA, ...from('203.0.113.7') })).kind).toBe('unknown');
  });

  it('is surer of one Region than of several, and of names than of addresses', () => {
    const sure = (options: FactsOptions): string => locate(makeFacts(options), ranges).confidence;
    expect(sure({})).toBe('medium');
    expect(sure(from('3.0.0.1'))).toBe('high');
    expect(sure({ servingRegions: { 'eu-west-1': 9, 'eu-west-2': 1 } })).toBe('medium');
    expect(sure({ ...cluster('me-south-1'), ...VIRGINIA })).toBe('high');
    expect(sure({ ...VIRGINIA, ...from('3.2.0.1') })).toBe('medium');
    expect(sure({ ...VIRGINIA, ...from('3.2.0.1', '203.0.113.7') })).toBe('low');
    expect(sure(VIRGINIA)).toBe('low');
    expect(sure({ ...cluster('eu-west-1'), ...VIRGINIA })).toBe('medium');
  });

  it('is not sure of addresses when some were not kept', () => {
    const facts = makeFacts({ ...VIRGINIA, ...from('203.0.113.7') });
    const distinct = { ...facts.distinct, sourceAddresses: { count: 900, atLeast: false } };
    expect(locate({ ...facts, distinct }, ranges)).toMatchObject({
      kind: 'outside-aws',
      confidence: 'low',
    });
  });

  const at = (options: FactsOptions): Location => locate(makeFacts(options), ranges);
  const lambda = { samples: { issuedTo: ['arn:aws:lambda:us-west-2:1:function:billing'] } };

  it('says how many calls a serving Region has, and is not sure by one of a hundred', () => {
    expect(at({ servingRegions: { unknown: 99, 'eu-west-1': 1 } })).toMatchObject({
      region: 'eu-west-1',
      confidence: 'low',
      explanation: expect.stringContaining(
        'eu-west-1 served 1 of 100 calls, of 99 it is not known',
      ),
    });
    const equal = at({ servingRegions: { 'eu-west-1': 6, 'eu-west-2': 6 } });
    expect(equal.explanation).toContain('served 6 of 12 calls, eu-west-2 6');
    expect(equal.confidence).toBe('low');
  });

  it('believes the resource that AWS names before the Region that served it, and says both', () => {
    const location = at({ servingRegions: { 'eu-west-1': 10 }, ...lambda });
    expect(location).toMatchObject({ region: 'us-west-2', confidence: 'medium' });
    expect(location.explanation).toContain('yet eu-west-1 served the calls');
  });

  it('looks at the addresses also when another Region served the calls', () => {
    const location = at({ servingRegions: { 'eu-west-1': 10 }, ...from('203.0.113.7') });
    expect(location).toMatchObject({ region: 'eu-west-1', confidence: 'low' });
    expect(location.explanation).toContain("Yet the source address is not in AWS's list");
  });

  it('claims no foreign DNS for the share that the own Region served', () => {
    const mixed = at({
      ...cluster('eu-west-1'),
      servingRegions: { 'us-east-1': 70, 'eu-west-1': 30 },
    });
    expect(mixed).toMatchObject({ kind: 'foreign-dns', confidence: 'low' });
    expect(mixed.explanation).toContain('us-east-1 served 70 of 100 calls, eu-west-1 30');
    expect(mixed.explanation).toContain('for part of the callers');
  });

  it('claims no foreign DNS for calls from before the change of April 2025', () => {
    const early = at({
      ...cluster('eu-west-1'),
      servingRegions: { 'us-east-1': 70, 'eu-west-1': 30 },
      callsPerDay: { '2025-02-01': 70, '2025-06-01': 30 },
    });
    expect(early).toMatchObject({ kind: 'aws-default-region', confidence: 'high' });
    expect(early.explanation).toContain('until April 2025');
  });

  it.each(['cn-north-1', 'us-gov-west-1'])('names no Region for an address in %s', (region) => {
    const others = parseAddressRanges({
      prefixes: [{ ip_prefix: '8.8.0.0/16', region, service: 'EC2' }],
      ipv6_prefixes: [],
    });
    const location = locate(makeFacts({ ...VIRGINIA, ...from('8.8.1.1') }), others);
    expect(location).toMatchObject({ kind: 'unknown', region: null });
    expect(location.explanation).toContain(`${region}, another partition`);
  });

  it('names each Region of resources in several', () => {
    const location = at({
      servingRegions: { 'us-west-2': 6, 'eu-west-1': 5 },
      samples: {
        issuedTo: [
          'arn:aws:lambda:eu-west-1:1:function:billing',
          'arn:aws:lambda:us-west-2:1:function:export',
        ],
      },
    });
    expect(location.confidence).toBe('low');
    expect(location.explanation).toContain(
      'resources in eu-west-1 and us-west-2: use the Region of each',
    );
  });
});

describe('what is known of some calls', () => {
  const FUNCTION = 'arn:aws:lambda:us-east-1:111122223333:function:nightly';
  const oneOfAHundred = {
    counted: { issuedTo: { '': 99, [FUNCTION]: 1 } },
    servingRegions: { 'us-east-1': 100 },
  };

  it('is said of these, and clears no others', () => {
    const found = locate(makeFacts(oneOfAHundred));
    expect(found).toMatchObject({ kind: 'unknown', region: null });
    expect(found.explanation).toContain(
      'The credentials of 1 of 100 calls were issued to a resource in us-east-1',
    );
  });

  it('names clusters of one Region as several', () => {
    const location = locate(makeFacts({ samples: { issuedTo: [EKS, EKS.replace('ABC', 'DEF')] } }));
    expect(location.explanation).toMatch(/^The EKS clusters are in eu-west-1/);
  });

  it('makes no Region of one call, where another served the others', () => {
    const arn = FUNCTION.replace('us-east-1', 'eu-west-1');
    const servingRegions = { 'us-west-2': 99, 'eu-west-1': 1 };
    const found = locate(makeFacts({ counted: { issuedTo: { '': 99, [arn]: 1 } }, servingRegions })); // prettier-ignore
    expect(found).toMatchObject({ kind: 'aws-default-region', region: 'us-west-2' });
    expect(found.confidence).not.toBe('high');
    expect(found.explanation).toContain(
      'The credentials of 1 of 100 calls were issued to a resource in eu-west-1: use the Region of each.',
    );
  });

  it.each([
    [['203.0.113.7', '3.1.0.1'], 'outside-aws'],
    [['203.0.113.7', '3.1.0.1', '3.1.0.2'], 'unknown'],
  ])('clears no caller by addresses of us-east-1 beside others, %#', (sourceAddresses, kind) => {
    const facts = makeFacts({ ...oneOfAHundred, samples: { sourceAddresses } });
    const location = locate(facts, ranges);
    expect(location).toMatchObject({ kind, region: null });
    const { tier } = assessRisk(facts, location, { lastSeenAgainst: '2026-11-21T00:00:00Z' });
    expect(tier).not.toBe('already-us-east-1');
  });

  it('makes no foreign DNS of one call among many that say nothing', () => {
    const issuedTo = [FUNCTION.replace('us-east-1', 'eu-west-1')];
    const servingRegions = { unknown: 99, 'us-east-1': 1 };
    expect(locate(makeFacts({ samples: { issuedTo }, servingRegions })).kind).toBe(
      'aws-default-region',
    );
  });
});
