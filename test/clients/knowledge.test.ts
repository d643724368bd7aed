import { describe, expect, it } from 'vitest';

import { clientSchema, knowledgeSchema } from '../../src/clients/knowledge-schema.js';
import { CLIENTS, knownProduct } from '../../src/clients/knowledge.js';
import { parseUserAgent } from '../../src/clients/parse-client.js';
import { inferWorkload } from '../../src/principals/workload.js';
import { makeFacts } from './make-facts.js';

const byId = new Map(CLIENTS.map((client) => [client.id, client]));

const examples = CLIENTS.flatMap((client) =>
  client.examples.map((example) => ({ id: client.id, client, ...example })),
);

const ENDPOINT = CLIENTS.find(({ endpoint }) => endpoint !== undefined)?.endpoint;

describe('the known clients', () => {
  it.each(CLIENTS.map((client) => [client.id, client] as const))(
    '%s has a source and an example, and the right shape',
    (_id, client) => {
      expect(clientSchema.safeParse(client).error?.issues ?? []).toEqual([]);
      expect(client.facts.length).toBeGreaterThan(0);
      expect(client.examples.length).toBeGreaterThan(0);
    },
  );

  it('are a file of the right shape', () => {
    expect(knowledgeSchema.safeParse({ clients: CLIENTS }).error?.issues ?? []).toEqual([]);
  });

  it('refuses an entry without a source or without an example', () => {
    const [client] = CLIENTS;
    expect(clientSchema.safeParse({ ...client, facts: [] }).success).toBe(false);
    expect(clientSchema.safeParse({ ...client, examples: [] }).success).toBe(false);
    expect(
      clientSchema.safeParse({ ...client, facts: [{ text: 'x', confidence: 'high' }] }).success,
    ).toBe(false);
  });

  it.each([
    [
      'a placeholder that is not filled',
      { steps: [{ title: 'Set {Region}', detail: 'x', snippets: [] }] },
    ],
    [
      'a misspelt one in code',
      { code: { label: 'x', language: 'sh', code: 'a --region {regoin}' } },
    ],
    ['another word for it', { steps: [{ title: 'x', detail: 'use {region_name}', snippets: [] }] }],
    [
      'a version that is none',
      { steps: [{ title: 'x', detail: 'x', snippets: [], from: 'one.six' }] },
    ],
    [
      'a pin up to a word',
      { pins: [{ from: 'v1', before: 'latest', cause: 'legacy-setting', explanation: 'x' }] },
    ],
    [
      'a pin that ends before it starts',
      { pins: [{ from: '2.0', before: '1.0', cause: 'legacy-setting', explanation: 'x' }] },
    ],
    [
      'a placeholder with a hyphen',
      { steps: [{ title: 'x', detail: 'in {region-name}', snippets: [] }] },
    ],
    ['one with a dot', { steps: [{ title: 'x', detail: 'in {aws.region}', snippets: [] }] }],
    ['one with a digit', { steps: [{ title: 'x', detail: 'in {region1}', snippets: [] }] }],
    ['one in angle brackets', { steps: [{ title: 'x', detail: 'in <region>', snippets: [] }] }],
    ['one in a label', { code: { label: '{regoin}', language: 'sh', code: 'x' } }],
    [
      'a language of which nobody has heard',
      { code: { label: 'x', language: 'klingon', code: 'x' } },
    ],
    [
      'a step that ends before it starts',
      { steps: [{ title: 'x', detail: 'x', snippets: [], from: '2.0', before: '1.0' }] },
    ],
    [
      'a default before its setting',
      { endpoint: { ...ENDPOINT, regionalFrom: '1.0', settingFrom: '2.0' } },
    ],
    ['a Region where none is filled in', { endpoint: { ...ENDPOINT, reason: 'not in {region}' } }],
    [
      'one in the name of what is upgraded',
      { upgrade: { to: '1.0', of: 'x {region}', effort: 'update', detail: 'x' } },
    ],
  ])('refuses an entry with %s', (_what, wrong) => {
    const [client] = CLIENTS;
    expect(clientSchema.safeParse(client).success).toBe(true);
    expect(clientSchema.safeParse({ ...client, ...wrong }).success).toBe(false);
  });

  it('have one id and one name each', () => {
    expect(byId.size).toBe(CLIENTS.length);
    expect(new Set(CLIENTS.map(({ name }) => name)).size).toBe(CLIENTS.length);
  });

  it('can be told by a user agent, unless they are workloads or hide behind their SDK', () => {
    const mute = CLIENTS.filter(
      ({ kind, tokens, words, texts, starts, hosts, sdk, examples: own }) =>
        kind !== 'workload' &&
        own.some(({ readAs }) => readAs === undefined) &&
        !(tokens ?? words ?? texts ?? starts ?? hosts ?? sdk),
    );
    expect(mute).toEqual([]);
  });

  it('give every SDK and CLI rules, and every tool a setting, an upgrade or rules', () => {
    const silent = CLIENTS.filter(({ kind, endpoint, steps, upgrade }) => {
      if (kind === 'sdk' || kind === 'cli') return !endpoint;
      return (kind === 'tool' || kind === 'generic') && !steps && !endpoint && !upgrade;
    });
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});

describe('the example user agents', () => {
  it.each(examples.filter(({ field }) => field === undefined))(
    '$id: $text',
    ({ text, readAs, client }) => {
      const expected = readAs === undefined ? client : byId.get(readAs);
      expect(expected).toBeDefined();
      expect(knownProduct(parseUserAgent(text).client.product)).toBe(expected);
    },
  );
});

describe('the example identities', () => {
  it.each(examples.filter(({ field }) => field !== undefined))(
    '$id: $text',
    ({ id, text, field }) => {
      const facts = makeFacts(
        field === 'principal'
          ? { principal: { type: 'web-identity', id: text, accountId: null } }
          : {
              userAgent:
                id === 'ecs-task'
                  ? 'Boto3/1.26.1 exec-env/AWS_ECS_FARGATE Botocore/1.29.1'
                  : 'curl/8',
              samples: { sessionNames: [text] },
            },
      );
      expect(inferWorkload(facts)?.kind).toBe(id);
    },
  );
});
