import { describe, expect, it } from 'vitest';
import { assess, normaliseHost } from '../../src/cloudtrail/detection.js';
import { globalCall, tls } from '../support/records.js';

const details = (endpointType: string): object => ({
  RequestDetails: { awsServingRegion: 'eu-north-1', endpointType },
});

describe('the three signals', () => {
  it('knows the global host', () => {
    expect(assess(globalCall()).signals).toEqual(['host-header']);
  });

  it('knows the host that AWS documents for calls that were served locally', () => {
    const record = globalCall({
      tlsDetails: tls('sts-global.eu-north-1.amazonaws.com'),
      additionalEventData: details('global'),
    });
    expect(assess(record).signals).toEqual(['served-host', 'endpoint-type']);
  });

  it('needs no host when the endpoint type says it', () => {
    const record = globalCall({ tlsDetails: undefined, additionalEventData: details('global') });
    expect(assess(record)).toEqual({
      signals: ['endpoint-type'],
      assessable: true,
      disagrees: false,
    });
  });

  it.each([
    'STS.amazonaws.com',
    'sts.amazonaws.com:443',
    'sts.amazonaws.com.',
    ' Sts.AmazonAWS.com.:443',
  ])('accepts the host written as %s', (host) => {
    expect(assess(globalCall({ tlsDetails: tls(host) })).signals).toEqual(['host-header']);
  });

  it.each([
    'sts.us-east-1.amazonaws.com',
    'vpce-0abc-x1.sts.us-east-1.vpce.amazonaws.com',
    'sts.amazonaws.com.cn',
    'sts.amazonaws.com.evil.example',
    'xsts.amazonaws.com',
    'sts-global.amazonaws.com',
    'sts-global.eu-north-1.amazonaws.com.evil.example',
    'sts-fips.us-east-1.amazonaws.com',
  ])('does not take %s for the global endpoint', (host) => {
    expect(assess(globalCall({ tlsDetails: tls(host) }))).toEqual({
      signals: [],
      assessable: true,
      disagrees: false,
    });
  });

  it('counts fields that contradict each other, and trusts either', () => {
    const globalHost = globalCall({ additionalEventData: details('regional') });
    const regionalHost = globalCall({
      tlsDetails: tls('sts.eu-west-1.amazonaws.com'),
      additionalEventData: details('global'),
    });
    expect(assess(globalHost)).toMatchObject({ signals: ['host-header'], disagrees: true });
    expect(assess(regionalHost)).toMatchObject({ signals: ['endpoint-type'], disagrees: true });
  });

  it.each([
    [null],
    [{}],
    [[]],
    ['text'],
    [{ clientProvidedHostHeader: '' }],
    [{ clientProvidedHostHeader: 7 }],
  ])('cannot assess tlsDetails of %j', (tlsDetails) => {
    expect(assess(globalCall({ tlsDetails }))).toMatchObject({ signals: [], assessable: false });
  });

  it('reads additionalEventData that an export has turned into a string', () => {
    const record = globalCall({
      tlsDetails: undefined,
      additionalEventData: JSON.stringify(details('global')),
    });
    expect(assess(record).signals).toEqual(['endpoint-type']);
  });
});

describe('normaliseHost', () => {
  it('gives null for what is not a host', () => {
    expect([normaliseHost(undefined), normaliseHost(''), normaliseHost(':443')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});
