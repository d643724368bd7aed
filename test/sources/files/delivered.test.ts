import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDelivered } from '../../../src/sources/files/delivered.js';
import { globalCall, type Json, regionalCall, serviceCall, tls } from '../../support/records.js';
import { delivered, ids, scan, type Scanned } from '../../support/scan.js';

/** Any STS-like record, with whatever could mislead a reader that does not parse. */
const anyRecord = fc
  .tuple(
    fc.constantFrom(globalCall, regionalCall, serviceCall),
    fc.record(
      {
        eventID: fc.uuid(),
        sharedEventID: fc.uuid(),
        eventSource: fc.constantFrom(
          'sts.amazonaws.com',
          'ec2.amazonaws.com',
          'sts.amazonaws.com"',
        ),
        requestParameters: fc.oneof(
          fc.jsonValue(),
          fc.constantFrom(
            { eventVersion: '1.0', eventSource: 'sts.amazonaws.com', eventName: 'x' },
            [
              { eventVersion: '1.0' },
              { eventVersion: '1.0', eventSource: 'sts.amazonaws.com', eventName: 'x' },
            ],
            [
              { eventVersion: '1.0' },
              { eventVersion: '1.0', eventSource: 'sts.amazonaws.com', eventName: 'x' },
              { eventVersion: '1.0' },
            ],
            { principalTags: { eventID: '-', endpointType: 'global' } },
            { text: '{"eventVersion":"1.0","eventSource":"sts.amazonaws.com","eventName":"x"}' },
          ),
        ),
        additionalEventData: fc.constantFrom(
          { RequestDetails: { endpointType: 'global', awsServingRegion: 'eu-west-1' } },
          { RequestDetails: { endpointType: 'regional', awsServingRegion: 'eu-west-1' } },
          { RequestDetails: { awsServingRegion: 'eu-west-1', endpointType: 'regional' }, more: 1 },
          null,
        ),
        tlsDetails: fc.constantFrom(
          null,
          {},
          tls('sts.amazonaws.com'),
          tls('STS.amazonaws.com:443'),
          tls('sts.eu-west-1.amazonaws.com'),
          tls('sts-global.eu-west-1.amazonaws.com'),
        ),
        userAgent: fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('}]}', '{"eventVersion":', '\\u0073ts', '"sts.amazonaws.com"'),
        ),
        userIdentity: fc.oneof(
          fc.constant({ type: 'AWSService', invokedBy: 'sts.amazonaws.com' }),
          fc.jsonValue(),
        ),
        eventCategory: fc.constantFrom('Management', 'NetworkActivity', 'Data'),
        readOnly: fc.constantFrom(true, false, 'true'),
        extra: fc.jsonValue(),
      },
      { requiredKeys: ['eventID'] },
    ),
  )
  .map(([make, changes]) => make(changes as Json));

const shuffledKeys = anyRecord.chain((record) =>
  fc
    .shuffledSubarray(Object.entries(record), { minLength: Object.keys(record).length })
    .map((entries) => Object.fromEntries(entries)),
);

/** Text of a JSON value with white space of all kinds. */
const spaced = (value: unknown): fc.Arbitrary<string> =>
  fc.constantFrom(0, 1, 2, '\t').map((indent) => JSON.stringify(value, null, indent));

/** Mostly the form that the fast path takes, with records that are and are not in it. */
const file = fc
  .array(fc.oneof(anyRecord, shuffledKeys), { maxLength: 6 })
  .chain((records) =>
    fc
      .tuple(
        fc.tuple(
          ...records.map((record) => fc.oneof(fc.constant(JSON.stringify(record)), spaced(record))),
        ),
        fc.constantFrom('', '\n', '  '),
      )
      .map(([texts, gap]) => `{"Records":[${texts.join(`,${gap}`)}]}`),
  );

describe('the fast path', () => {
  const summary = (result: Scanned): unknown => ({
    hits: result.batch.hits,
    seen: [...result.batch.seen.identified].join(),
    counted: result.batch.seen.counted,
    classes: result.batch.seen.classes,
    rejected: result.rejected,
    showsTrail: result.showsTrail,
  });

  it('gives what the thorough way gives', () => {
    fc.assert(
      fc.property(file, (text) => {
        const fast = scan(text);
        const thorough = scan(text, text.length + 1);
        expect(summary(fast)).toEqual(summary(thorough));
      }),
      { numRuns: 500 },
    );
  });

  it('is taken for delivered files', () => {
    const bytes = Buffer.from(delivered(globalCall(), serviceCall(), regionalCall()));
    expect(readDelivered(bytes)?.records).toMatchObject([
      { event: { hit: { count: 1 } } },
      { event: { evidence: 'aws-service', hit: null } },
      { event: { evidence: 'assessable', hit: null } },
    ]);
  });

  it('takes no read of data and no write for a sign that the trail logs reads', () => {
    const write = globalCall({ eventSource: 'ec2.amazonaws.com', readOnly: false });
    const data = globalCall({ eventSource: 's3.amazonaws.com', eventCategory: 'Data' });
    expect(scan(delivered(write, data)).showsTrail).toBe(false);
    expect(scan(delivered(write, data, regionalCall())).showsTrail).toBe(true);
  });

  it('leaves files to the thorough way that hide the name of the service', () => {
    const hidden = delivered(globalCall()).replace(
      '"eventSource":"sts',
      '"eventSource":"\\u0073ts',
    );
    expect(readDelivered(Buffer.from(hidden))).toBeNull();
    expect(ids(scan(hidden))).toHaveLength(1);
  });
});
