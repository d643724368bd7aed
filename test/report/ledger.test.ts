import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_CLIENTS } from '../../src/report/group.js';
import { reportSchema } from '../../src/report/schema.js';
import { auditRecords, auditSource, recordsSource } from '../support/audit.js';
import {
  crossAccountPair,
  globalCall,
  type Json,
  regionalCall,
  roleIdentity,
  serviceCall,
} from '../support/records.js';

const addendum = (originalEventID: string): Json => ({
  addendum: { reason: 'UPDATED_DATA', originalEventID },
});

describe('every call once', () => {
  it('gives the same report when copies of an event differ in their shared id, in either order', async () => {
    const { caller, target } = crossAccountPair();
    const other = { ...caller, sharedEventID: randomUUID() };
    const reports = [
      [caller, other, target],
      [other, caller, target],
    ].map(async (records) => auditRecords(records));
    const [one, another] = await Promise.all(reports);
    expect(one?.findings).toEqual(another?.findings);
    expect(one?.coverage.deduplication).toEqual(another?.coverage.deduplication);
  });

  it('counts an event that came in two files once', async () => {
    const record = globalCall();
    const { totals, coverage } = await auditRecords([
      record,
      structuredClone(record),
      globalCall(),
    ]);
    expect(totals.calls).toBe(2);
    expect(coverage.deduplication.duplicates).toBe(1);
    expect(coverage.stsEvents).toBe(2);
  });

  it.each(['-', '1111', '', 'XXXXXXXXXXX', '00000000-0000-0000-0000-000000000000'])(
    'does not merge records that share the placeholder %j',
    async (eventID) => {
      const records = [globalCall({ eventID }), globalCall({ eventID })];
      expect((await auditRecords(records)).totals.calls).toBe(2);
    },
  );

  it('counts both of two calls whose ids differ in one digit', async () => {
    const eventID = '0a5c3a52-7a1f-4d7b-9d2f-1f3c5e7a9b0c';
    const records = [globalCall({ eventID }), globalCall({ eventID: eventID.replace('0c', '0d') })];
    expect((await auditRecords(records)).totals.calls).toBe(2);
  });

  it('puts an update in the place of its original, in either order', async () => {
    const original = globalCall({ eventName: 'AssumeRole' });
    const update = globalCall({
      eventName: 'AssumeRoleWithSAML',
      ...addendum(String(original['eventID'])),
    });
    for (const records of [
      [original, update],
      [update, original],
    ]) {
      const { findings, coverage } = await auditRecords(records);
      expect(findings.map(({ operations }) => operations)).toEqual([{ AssumeRoleWithSAML: 1 }]);
      expect(coverage.deduplication.replaced).toBe(1);
    }
  });

  it('counts an update whose original is not there, and one of two updates', async () => {
    const original = randomUUID();
    const updates = [globalCall(addendum(original)), globalCall(addendum(original))];
    expect((await auditRecords(updates.slice(0, 1))).totals.calls).toBe(1);
    expect((await auditRecords(updates)).totals.calls).toBe(1);
  });

  it('keeps a call whose update no longer shows the endpoint: the evidence was there', async () => {
    const original = globalCall();
    const update = regionalCall({
      tlsDetails: null,
      ...addendum(String(original['eventID'])),
    });
    expect((await auditRecords([original, update])).totals.calls).toBe(1);
  });

  it('counts late deliveries, which are no updates', async () => {
    const original = globalCall();
    const late = globalCall({
      addendum: { reason: 'DELIVERY_DELAY', originalEventID: original['eventID'] },
    });
    expect((await auditRecords([original, late])).totals.calls).toBe(2);
  });
});

describe('calls of each sample', () => {
  const session = (name: string, changes: Json = {}): Json =>
    globalCall({ userIdentity: { ...roleIdentity(name), ...changes } });
  const FUNCTION = 'arn:aws:lambda:eu-west-1:111122223333:function:nightly';

  it('are counted with an event id and without one, each event once', async () => {
    const lambda = session('nightly', { inScopeOf: { credentialsIssuedTo: FUNCTION } });
    const without = { ...session('jenkins'), eventID: '-' };
    const { findings } = await auditRecords([lambda, lambda, without, without, session('jenkins')]); // prettier-ignore
    expect(findings).toMatchObject([
      {
        calls: 4,
        samples: {
          sessionNames: [
            { value: 'jenkins', calls: 3 },
            { value: 'nightly', calls: 1 },
          ],
          issuedTo: [{ value: FUNCTION, calls: 1 }],
        },
        callsWithout: { sessionNames: 0, issuedTo: 3 },
      },
    ]);
  });

  it('are counted where there are more samples than are kept, whatever comes first', async () => {
    const records = Array.from({ length: 300 }, (_, index) => session(`__proto__${String(index % 150).padStart(3, '0')}`)); // prettier-ignore
    const report = await auditRecords([...records, session('__proto__')]);
    const [finding] = report.findings;
    expect(finding?.distinct.sessionNames).toEqual({ count: 100, atLeast: true });
    expect(finding?.samples.sessionNames.slice(0, 2)).toEqual([
      { value: '__proto__', calls: 1 },
      { value: '__proto__000', calls: 2 },
    ]);
    expect(finding?.callsWithout.sessionNames).toBe(0);
    const reversed = await auditRecords([session('__proto__'), ...records.toReversed()]);
    expect(reversed.findings).toEqual(report.findings);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });
});

describe('calls across accounts', () => {
  it('counts the pair once, as the caller’s, in either order', async () => {
    const { caller, target } = crossAccountPair();
    for (const records of [
      [caller, target],
      [target, caller],
    ]) {
      const { findings, coverage } = await auditRecords(records);
      expect(findings).toHaveLength(1);
      expect(findings[0]).toMatchObject({
        calls: 1,
        principal: { type: 'role' },
        accountId: '111122223333',
      });
      expect(coverage.deduplication.crossAccountCopies).toBe(1);
    }
  });

  it('takes a target’s copy alone for an external caller', async () => {
    const { findings } = await auditRecords([crossAccountPair().target]);
    expect(findings[0]).toMatchObject({
      accountId: '444455556666',
      principal: { type: 'external-account', id: '111122223333' },
    });
  });

  it('leaves nothing of a dropped copy in the samples of other calls', async () => {
    const { caller, target } = crossAccountPair();
    const alone = { ...crossAccountPair().target, sourceIPAddress: '198.51.100.9' };
    const { findings } = await auditRecords([target, alone, caller]);
    const external = findings.find(({ principal }) => principal.type === 'external-account');
    expect(external?.samples.sourceAddresses).toEqual(['198.51.100.9']);
    expect(external?.distinct.sourceAddresses).toEqual({ count: 1, atLeast: false });
  });

  it('keeps a shared id that is no pair', async () => {
    const records = [
      globalCall({ sharedEventID: randomUUID() }),
      globalCall({ sharedEventID: '-' }),
      globalCall({ sharedEventID: '-' }),
    ];
    expect((await auditRecords(records)).totals.calls).toBe(3);
  });
});

/** Records that repeat, replace and pair each other, from few building blocks. */
const history = fc
  .array(
    fc.record({
      id: fc.integer({ min: 0, max: 5 }),
      shared: fc.option(fc.integer({ min: 0, max: 2 })),
      original: fc.option(fc.integer({ min: 0, max: 5 })),
      time: fc.integer({ min: 0, max: 3 }),
      address: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('caller', 'target', 'regional', 'service', 'placeholder'),
    }),
    { maxLength: 14 },
  )
  .map((steps) => steps.map(toRecord));

const uuid = (kind: string, number: number): string =>
  `${kind}0000000-0000-4000-8000-00000000000${number}`;

function toRecord({
  id,
  shared,
  original,
  time,
  address,
  kind,
}: {
  id: number;
  shared: number | null;
  original: number | null;
  time: number;
  address: number;
  kind: string;
}): Json {
  const changes = {
    eventID: kind === 'placeholder' ? '-' : uuid('a', id),
    eventTime: `2026-01-1${time}T12:00:00Z`,
    sourceIPAddress: `203.0.113.${address}`,
    ...(shared === null ? {} : { sharedEventID: uuid('b', shared) }),
    ...(original === null ? {} : addendum(uuid('a', original))),
  };
  if (kind === 'regional') return regionalCall(changes);
  if (kind === 'service') return serviceCall(changes);
  return kind === 'target' ? { ...crossAccountPair().target, ...changes } : globalCall(changes);
}

describe('laws', () => {
  it('gives the same report in any order and however it is split', async () => {
    const shuffled = history.chain((records) =>
      fc.tuple(
        fc.constant(records),
        fc.shuffledSubarray(records, { minLength: records.length }),
        fc.nat(records.length),
      ),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([records, other, cut]) => {
        const report = await auditSource(recordsSource(records));
        const again = await auditSource(recordsSource(other.slice(0, cut), other.slice(cut)));
        expect(again).toEqual(report);
      }),
    );
  });

  it('is not changed by reading the same records again', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (records) => {
        const identified = records.filter(({ eventID }) => eventID !== '-');
        const once = await auditRecords(identified);
        const twice = await auditRecords([...identified, ...structuredClone(identified)]);
        expect(twice.findings).toEqual(once.findings);
        expect(twice.awsManaged).toEqual(once.awsManaged);
        expect(twice.coverage.stsEvents).toBe(once.coverage.stsEvents);
      }),
    );
  });
});

describe('what a hostile reader found', () => {
  it('counts a pair once when an update of one copy leaves out the shared id', async () => {
    const { caller, target } = crossAccountPair();
    const update = globalCall({ eventName: 'AssumeRole', ...addendum(String(caller['eventID'])) });
    for (const records of [
      [caller, target, update],
      [update, target, caller],
    ]) {
      expect((await auditRecords(records)).totals.calls).toBe(1);
    }
  });

  it('counts both of two events that one account logged under one shared id', async () => {
    const sharedEventID = randomUUID();
    const records = [globalCall({ sharedEventID }), globalCall({ sharedEventID })];
    expect((await auditRecords(records)).totals.calls).toBe(2);
  });
});

describe('a caller that sends a new user agent with every call', () => {
  const letters = (index: number): string =>
    Array.from(index.toString(16).padStart(4, '0'), (digit) =>
      String.fromCharCode(103 + Number.parseInt(digit, 16)),
    ).join('');
  const noisy = Array.from({ length: MOST_CLIENTS + 50 }, (_, index) =>
    globalCall({ userAgent: `job-${letters(index)}` }),
  );

  it('is one finding, with every call in it', async () => {
    const other = globalCall({ userIdentity: { type: 'Root', accountId: '111122223333' } });
    const { findings, totals } = await auditRecords([...noisy, other, ...noisy.slice(0, 5)]);
    expect(totals).toMatchObject({ calls: noisy.length + 1, findings: 2 });
    const many = findings.find(({ calls }) => calls > 1);
    expect(many?.client.product).toBe(`more than ${MOST_CLIENTS} different clients`);
    expect(many?.samples.userAgents[0]).toEqual({ value: 'job-gggg', calls: 1 });
    expect(many?.distinct.userAgents).toEqual({ count: 100, atLeast: true });
  });

  it('is so whatever comes first', async () => {
    expect(await auditRecords(noisy.toReversed())).toEqual(await auditRecords(noisy));
  });
});
