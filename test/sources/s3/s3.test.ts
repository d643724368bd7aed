import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit.js';
import { s3Client } from '../../../src/aws/clients.js';
import type { Report } from '../../../src/report/schema.js';
import { s3, type S3Options } from '../../../src/sources/s3/index.js';
import { stubAws, testContext } from '../../support/aws/context.js';
import { type FakeObject, fakeS3, type FakeS3, xmlError } from '../../support/aws/fake-s3.js';
import type { Answer, Fault } from '../../support/aws/loopback.js';
import { at, FROM, TO, uuid } from '../../support/events.js';
import { globalCall } from '../../support/records.js';

beforeEach(stubAws);
const servers: FakeS3[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

const ROOT = 'AWSLogs/o-example/';
let count = 0;

/** A log of one call at an hour of the window, as delivered on a day. */
function log(account: string, region: string, day: string, hour = 30): [string, FakeObject] {
  count += 1;
  const stamp = day.replaceAll('/', '');
  const name = `${account}_CloudTrail_${region}_${stamp}T0005Z_${String(count).padStart(16, 'a')}.json.gz`;
  const record = globalCall({ eventID: uuid(`log ${count}`), eventTime: at(hour) });
  const body = gzipSync(JSON.stringify({ Records: [record] }));
  return [`${ROOT}${account}/CloudTrail/${region}/${day}/${name}`, { body }];
}

const [OWN, OTHER] = ['111111111111', '222222222222'];

async function run(
  objects: readonly (readonly [string, FakeObject])[],
  options: S3Options = {},
  { place = 's3://trail-bucket/AWSLogs/', fault = () => null, page = 1000 }: { place?: string; fault?: Fault; page?: number } = {}, // prettier-ignore
): Promise<{ report: Report; server: FakeS3 }> {
  const server = await fakeS3({ objects: Object.fromEntries(objects), page });
  servers.push(server);
  server.fault(fault);
  const source = s3([place], { client: () => s3Client({ endpointUrl: server.url }), ...options });
  const window = { from: FROM, to: TO };
  return { report: await audit({ sources: [source], window, context: testContext() }), server };
}

describe('what is listed', () => {
  it.each(['', '<IsTruncated>false</IsTruncated>'])(
    'goes on wherever a token leads, where the list says "%s"',
    async (said) => {
      const logs = Array.from({ length: 6 }, () => log('111111111111', 'us-east-1', '2026/07/02'));
      const fault: Fault = async ({ operation }, _, serve) => {
        if (operation !== 'ListObjectsV2') return null;
        const answer = await serve();
        return {
          ...answer,
          body: String(answer.body).replace('<IsTruncated>true</IsTruncated>', said),
        };
      };
      const { report } = await run(logs, {}, { fault, page: 2 });
      expect(report.totals.calls).toBe(6);
      expect(report.coverage.complete).toBe(true);
    },
  );

  it('is counted once where a page comes twice, under a token of its own', async () => {
    const logs = Array.from({ length: 4 }, () => log(OWN, 'us-east-1', '2026/07/02'));
    const once = (query: URLSearchParams): URLSearchParams => new URLSearchParams([...query].filter(([name]) => name !== 'continuation-token')); // prettier-ignore
    const fault: Fault = async (received, _, serve) => {
      const { query, operation } = received;
      if (operation !== 'ListObjectsV2' || query.get('prefix')?.endsWith('/02/') !== true) return null; // prettier-ignore
      const token = query.get('continuation-token');
      if (token === 'again') return serve({ ...received, query: once(query) });
      const answer = await serve();
      const body = String(answer.body).replace(/<NextContinuationToken>.*?</, '<NextContinuationToken>again<'); // prettier-ignore
      return token === null ? { ...answer, body } : answer;
    };
    const { report, server } = await run(logs, {}, { fault, page: 2 });
    expect(server.read).toHaveLength(2);
    expect(report.coverage.gaps).toMatchObject([{ code: 'list-incomplete' }]);
  });

  const days = ['2026/06/28', '2026/06/29', '2026/06/30', '2026/07/01', '2026/07/04', '2026/07/05', '2026/07/06', '2026/08/01', '2025/07/02']; // prettier-ignore
  const organisation = [OWN, OTHER].flatMap(
    (account) =>
    ['us-east-1', 'eu-west-1', 'ap-southeast-2'].flatMap((region) => days.map((day) => log(account, region, day))), // prettier-ignore
  );

  it('are the days of us-east-1 that can hold events of the window, and nothing else', async () => {
    const { server, report } = await run(organisation);
    const below = (account: string): string[] => {
      const region = `${ROOT}${account}/CloudTrail/us-east-1/`;
      const chosen = ['06/30/', '07/01/', '07/04/', '07/05/'].map((day) => `${region}2026/${day}`);
      return [`${ROOT}${account}/`, `${ROOT}${account}/CloudTrail/`, region, `${region}2026/`, `${region}2026/06/`, `${region}2026/07/`, ...chosen]; // prettier-ignore
    };
    const expected = ['AWSLogs/', 'AWSLogs/', ROOT, ...below(OWN), ...below(OTHER)];
    expect(server.listed.toSorted()).toEqual(expected.toSorted());
    expect(server.read).toHaveLength(8);
    expect(report.totals.calls).toBe(8);
    expect(report.sources[0]?.notes.join()).toContain('--all-regions');
  });

  it('are the accounts that were asked for', async () => {
    const { server } = await run(organisation, { accounts: [OTHER] });
    expect(server.listed.some((prefix) => prefix.includes(OWN))).toBe(false);
    expect(server.read).toHaveLength(4);
  });

  it('are all Regions when they are asked for', async () => {
    const { server } = await run(organisation, { allRegions: true });
    expect(server.read).toHaveLength(24);
  });

  it('is what is below the place, whatever it is', async () => {
    const place = `s3://trail-bucket/${ROOT}${OWN}/CloudTrail/us-east-1/2026/07`;
    const { server } = await run(organisation, {}, { place });
    expect(server.read).toHaveLength(3);
    for (const prefix of server.listed) expect(`s3://trail-bucket/${prefix}`.startsWith(place)).toBe(true); // prettier-ignore
  });

  it('leaves digests, insights and network activity alone', async () => {
    const others = ['CloudTrail-Digest', 'CloudTrail-Insight', 'CloudTrail-NetworkActivity', 'Config'].map((kind): [string, FakeObject] => [`${ROOT}${OWN}/${kind}/us-east-1/2026/07/02/x.json.gz`, { body: Buffer.from('{') }]); // prettier-ignore
    const { report, server } = await run([log(OWN, 'us-east-1', '2026/07/02'), ...others]);
    expect(server.read).toHaveLength(1);
    expect(report.coverage.complete).toBe(true);
  });
});

describe('what is read', () => {
  it('is 16 objects at a time, at most', async () => {
    const objects = Array.from({ length: 60 }, () => log(OWN, 'us-east-1', '2026/07/02'));
    let [reading, most] = [0, 0];
    const fault: Fault = async ({ operation }, _, serve): Promise<Answer> => {
      if (operation !== 'GetObject') return serve();
      reading += 1;
      most = Math.max(most, reading);
      const answer = await serve();
      await new Promise((resolve) => setImmediate(resolve));
      reading -= 1;
      return answer;
    };
    const { report } = await run(objects, {}, { fault });
    expect(report.totals.calls).toBe(60);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(16);
  });

  it('is paid for by the requester in every request, when that is asked for', async () => {
    const { server } = await run([log(OWN, 'us-east-1', '2026/07/02')], { requesterPays: true });
    for (const { headers } of server.received) expect(headers['x-amz-request-payer']).toBe('requester'); // prettier-ignore
  });

  it('counts the copies that two trails deliver once', async () => {
    const [key, object] = log(OWN, 'us-east-1', '2026/07/02');
    const { report } = await run([[key, object], [`other/${key}`, object]], {}, { place: 's3://trail-bucket' }); // prettier-ignore
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.deduplication.duplicates).toBe(1);
  });

  it('may be larger than memory likes, and is then read in pieces', async () => {
    const [key, { body }] = log(OWN, 'us-east-1', '2026/07/02');
    const large = Buffer.concat([gunzipSync(body), Buffer.alloc(17 * 2 ** 20, ' ')]);
    const { report } = await run([[key.replace('.gz', ''), { body: large }]]);
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.complete).toBe(true);
  });

  it('and is a gap where it is not what was listed, though nothing shows where it was cut', async () => {
    const [key, { body }] = log(OWN, 'us-east-1', '2026/07/02');
    const lines = Array.from({ length: 10 }, () => JSON.stringify(JSON.parse(String(gunzipSync(body))))); // prettier-ignore
    const plain = key.replace('.json.gz', '.ndjson');
    for (const [kept, padding] of [[5, 0], [1, 17 * 2 ** 20]] as const) {
      const text = `${lines.slice(0, kept).join('\n')}\n`;
      const { report } = await run([[plain, { body: Buffer.from(text), size: text.length + 1 + padding }]]);
      expect(report.totals.calls).toBe(1);
      expect(report.coverage.gaps).toMatchObject([{ code: 'size-differs', subject: `s3://trail-bucket/${plain}` }]);
    } // prettier-ignore
  });

  it('and is a gap when such a large one breaks off', async () => {
    const [key, { body }] = log(OWN, 'us-east-1', '2026/07/02');
    const fault: Fault = async ({ operation }, _, serve) => operation === 'GetObject' ? { ...(await serve()), loss: 'midway' } : null; // prettier-ignore
    const { report } = await run([[key, { body, size: 2 ** 30 }]], {}, { fault });
    expect(report.coverage.gaps.map(({ subject }) => subject)).toContain(
      `s3://trail-bucket/${key}`,
    );
  });
});

describe('what cannot be read is named', () => {
  const refused: readonly [string, Partial<FakeObject>, string, RegExp][] = [
    ['vanished', { refusal: ['NoSuchKey', 404] }, 'vanished', /deleted after it was listed/],
    ['in Glacier', { storageClass: 'GLACIER' }, 'archived', /in GLACIER and has to be restored/],
    ['in Deep Archive', { storageClass: 'DEEP_ARCHIVE' }, 'archived', /in DEEP_ARCHIVE/],
    ['in an archive tier', { storageClass: 'INTELLIGENT_TIERING', refusal: ['InvalidObjectState', 403] }, 'archived', /in an archive tier/], // prettier-ignore
    ['encrypted with another key', { refusal: ['AccessDenied', 403, 'User: arn:aws:iam::111111111111:user/eve is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111111111111:key/k because no identity-based policy allows the kms:Decrypt action'] }, 'access-denied', /not allowed: kms:Decrypt on arn:aws:kms:us-east-1:111111111111:key\/k/], // prettier-ignore
    ['denied', { refusal: ['AccessDenied', 403, 'Access Denied'] }, 'access-denied', /not allowed: s3:GetObject on arn:aws:s3:::trail-bucket\/AWSLogs.*Access Denied/], // prettier-ignore
    ['of an owner who has requesters pay', { refusal: ['AccessDenied', 403, 'Bucket is a requester pays bucket'] }, 'access-denied', /requester pays/], // prettier-ignore
  ];
  for (const [name, change, code, message] of refused) {
    it(`an object that is ${name}`, async () => {
      const [key, object] = log(OWN, 'us-east-1', '2026/07/02');
      const { report } = await run([log(OWN, 'us-east-1', '2026/07/01'), [key, { ...object, ...change }]]); // prettier-ignore
      expect(report.totals.calls).toBe(1);
      expect(report.coverage.gaps).toMatchObject([{ code, subject: `s3://trail-bucket/${key}`, message: expect.stringMatching(message) }]); // prettier-ignore
    });
  }

  it('archived objects are not even asked for', async () => {
    const [key, object] = log(OWN, 'us-east-1', '2026/07/02');
    const { server } = await run([[key, { ...object, storageClass: 'GLACIER' }]]);
    expect(server.read).toEqual([]);
  });

  it('but those are that were restored, whose class stays', async () => {
    const [key, object] = log(OWN, 'us-east-1', '2026/07/02');
    const { report } = await run([[key, { ...object, storageClass: 'GLACIER', isRestored: true }]]);
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.complete).toBe(true);
  });

  it('and when nothing can be read, not every object is tried', async () => {
    const objects = Array.from({ length: 400 }, () => log(OWN, 'us-east-1', '2026/07/02'));
    const fault: Fault = ({ operation }) => (operation === 'GetObject' ? xmlError('ExpiredToken', 400) : null); // prettier-ignore
    const { report, server } = await run(objects, {}, { fault });
    expect(report.coverage.gaps.map(({ code }) => code)).toContain('given-up');
    expect(server.read.length).toBeLessThan(100);
  });
});

describe('a bucket of another Region', () => {
  it('is followed there', async () => {
    const elsewhere: Answer = {
      ...xmlError('PermanentRedirect', 301),
      headers: { 'content-type': 'application/xml', 'x-amz-bucket-region': 'eu-west-1' },
    };
    const fault: Fault = ({ headers }) =>
      String(headers.authorization).includes('/eu-west-1/s3/') ? null : elsewhere;
    const { report } = await run([log(OWN, 'us-east-1', '2026/07/02')], {}, { fault });
    expect(report.totals.calls).toBe(1);
    expect(report.coverage.complete).toBe(true);
  });
});

describe('a place that is wrong', () => {
  it('is said at once', async () => {
    await expect(run([], {}, { place: 's3://other-bucket' })).rejects.toThrow('no such bucket: other-bucket'); // prettier-ignore
    await expect(run([], {}, { place: 's3://trail-bucket/x' })).rejects.toMatchObject({ message: 'nothing is stored under s3://trail-bucket/x' }); // prettier-ignore
    expect(() => s3(['s3:/trail-bucket'])).toThrow('not a place in S3: s3:/trail-bucket');
  });

  it('or not allowed, which names the action and the bucket', async () => {
    const fault: Fault = () => xmlError('AccessDenied', 403, 'Access Denied');
    await expect(run([], {}, { fault })).rejects.toThrow('not allowed: s3:ListBucket on arn:aws:s3:::trail-bucket'); // prettier-ignore
  });
});
