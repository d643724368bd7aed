import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { s3Client } from '../../../src/aws/clients.js';
import { stubAws } from '../../support/aws/context.js';
import { type FakeAthenaOptions, PROJECTED } from '../../support/aws/fake-athena.js';
import { fakeS3, type FakeS3Options } from '../../support/aws/fake-s3.js';
import { calls, closeServers, codes, type Outcome, run, servers } from './run.js';

beforeEach(stubAws);
afterEach(closeServers);

describe('--max-scan', () => {
  const KEY = 'AWSLogs/111111111111/CloudTrail/us-east-1/2026/07';
  const object = (day: string, size: number) => [`${KEY}/${day}/111111111111_CloudTrail_us-east-1_202607${day}T0005Z_abcdefghijklmnop.json.gz`, { body: Buffer.alloc(size) }] as const; // prettier-ignore
  const properties = { ...PROJECTED, location: 's3://trail-bucket/AWSLogs/' };

  const DAYS = Object.fromEntries([object('02', 600), object('03', 500), object('20', 9000)]);

  async function guarded(maxScan: number, service: Partial<FakeAthenaOptions> = {}, objects: FakeS3Options['objects'] = DAYS): Promise<Outcome & { listed: readonly string[] }> {
    const store = await fakeS3({ objects });
    servers.push(store);
    const s3 = () => s3Client({ endpointUrl: store.url });
    return { ...(await run({ properties, ...service }, { maxScan, s3 })), listed: store.listed };
  } // prettier-ignore

  it('is compared with what the days of the window hold, before anything is paid for', async () => {
    await expect(guarded(1000)).rejects.toMatchObject({ message: 'the query would scan more than 1000 B, which is --max-scan' }); // prettier-ignore
    expect(servers[0]?.operations ?? []).not.toContain('StartQueryExecution');
  });

  it('lets a query pass that scans less', async () => {
    const { report, listed } = await guarded(2_000_000);
    expect(report.sources[0]?.figures).toMatchObject({ bytes_estimated: 1100 });
    expect(listed.some((prefix) => prefix.includes('/07/20'))).toBe(false);
  });

  it('gives way to a lower limit of the workgroup', async () => {
    const Configuration = { BytesScannedCutoffPerQuery: 1000, ResultConfiguration: { OutputLocation: 's3://results/' } }; // prettier-ignore
    await expect(guarded(2_000_000, { workgroup: { Configuration } })).rejects.toThrow('which is the limit of the workgroup primary'); // prettier-ignore
  });

  it('stops a query that scans more than was foreseen', async () => {
    const { report, server } = await guarded(5000, { bytes: 6000, polls: 3 });
    expect(server.stopped).toEqual(['query-1']);
    expect(report.coverage.gaps[0]).toMatchObject({ code: 'scan-limit' });
  });

  it('counts what queries scanned that ended without a result', async () => {
    const ending = (number: number) => (number < 3 ? { State: 'FAILED', AthenaError: { Retryable: true, ErrorType: 1403 } } : null); // prettier-ignore
    const { report, server } = await guarded(5000, { bytes: 2000, polls: 1, ending });
    expect(server.stopped).toEqual(['query-3']);
    expect(report.sources[0]?.figures).toMatchObject({ queries: 3, bytes_scanned: 6000 });
  });

  it('says when it could not be foreseen', async () => {
    const { report } = await guarded(2_000_000, { properties: PROJECTED });
    expect(report.sources[0]?.notes.join()).toContain('could not be estimated: the table does not say where its objects are. It was watched instead.'); // prettier-ignore
  });

  const body = (size: number) => ({ body: Buffer.alloc(size) });
  const of = ({ report }: Outcome) => ({ figures: report.sources[0]?.figures, notes: report.sources[0]?.notes.join() }); // prettier-ignore

  it('counts objects whatever they are called, in the layout of AWS', async () => {
    const bare = { [`${KEY}/02/part-0001.gz`]: body(3000), [`${KEY}/20/part-0001.gz`]: body(9000) };
    await expect(guarded(2000, {}, bare)).rejects.toThrow('would scan more than 2 KiB');
    expect(of(await guarded(2_000_000, {}, bare)).figures).toMatchObject({ bytes_estimated: 3000 });
  });

  const GLACIER = Object.fromEntries(Object.entries(DAYS).map(([key, value]) => [key, { ...value, storageClass: 'GLACIER' }])); // prettier-ignore
  const RESTORED = Object.fromEntries(Object.entries(GLACIER).map(([key, value]) => [key, { ...value, isRestored: true }])); // prettier-ignore

  it('finds objects in an archive, which Athena passes over', async () => {
    const { report } = await guarded(2_000_000, {}, { ...DAYS, [`${KEY}/03/a.json.gz`]: { body: Buffer.alloc(7), storageClass: 'GLACIER' } }); // prettier-ignore
    expect(report.coverage.gaps).toMatchObject([{ code: 'archived', subject: 'audit.cloudtrail', message: 'Of those days 1 object is in an archive class, which Athena passes over.' }]); // prettier-ignore
    expect(report.sources[0]?.figures).toMatchObject({ bytes_estimated: 1100 });
    expect(codes((await guarded(2_000_000, {}, GLACIER)).report)).toEqual(['archived']);
  });

  it('reads restored objects where the table has them read', async () => {
    expect(codes((await guarded(2_000_000, {}, RESTORED)).report)).toEqual(['archived']);
    const reads = { properties: { ...properties, read_restored_glacier_objects: 'true' } };
    expect(codes((await guarded(2_000_000, reads, RESTORED)).report)).toEqual([]);
    expect(codes((await guarded(2_000_000, reads, GLACIER)).report)).toEqual(['archived']);
  });

  it('does not know of which days archived objects in another layout are', async () => {
    const { report } = await guarded(2_000_000, { properties: { ...properties, location: 's3://trail-bucket/lake/' } }, { 'lake/part-0.json': { body: Buffer.alloc(7), storageClass: 'GLACIER' }, 'lake/part-1.json': { body: Buffer.alloc(7) } }); // prettier-ignore
    expect(report.coverage.complete).toBe(true);
    expect(report.sources[0]?.notes.join()).toContain(
      '1 object is in an archive class, which Athena passes over; of which days is not known.',
    );
  });

  it('is what looks for archived objects at all', async () => {
    expect((await run()).report.sources[0]?.notes.join()).toContain(
      'with --max-scan, objects are listed',
    );
  });

  it('counts every day and Region of a table that is not partitioned', async () => {
    const other = { ...DAYS, 'AWSLogs/111111111111/CloudTrail/eu-west-1/2026/07/02/a.json.gz': body(70) }; // prettier-ignore
    const whole = await guarded(2_000_000, { properties, partitions: {} }, other);
    expect(of(whole).figures).toMatchObject({ bytes_estimated: 10_170 });
  });

  it('refuses nothing for objects of which the query may read a part, and says so', async () => {
    const parquet = { 'lake/region=us-east-1/part-0.parquet': body(3000), 'lake/region=eu-west-1/part-0.parquet': body(9000) }; // prettier-ignore
    const table = {
      properties: { ...PROJECTED, location: 's3://trail-bucket/lake/', classification: 'parquet' },
    };
    expect(of(await guarded(1_000_000, table, parquet)).figures).toMatchObject({ bytes_estimated: 12_000 }); // prettier-ignore
    expect(of(await guarded(2000, { ...table, bytes: 100 }, parquet)).notes).toContain('could not be estimated: which of its objects or columns are read is not known.'); // prettier-ignore
  });

  it('refuses nothing for columns that may not be read, in the layout of AWS either', async () => {
    const table = { properties: { ...properties, classification: 'parquet' }, bytes: 100 };
    const { figures, notes } = of(await guarded(1000, table));
    expect(figures).not.toHaveProperty('bytes_estimated');
    expect(notes).toContain('which of its objects or columns are read is not known');
  });

  it('does not take a location without objects for nothing to scan', async () => {
    const elsewhere = await guarded(2_000_000, { properties: { ...PROJECTED, location: 's3://trail-bucket/none/' } }); // prettier-ignore
    expect(of(elsewhere).figures).not.toHaveProperty('bytes_estimated');
    expect(of(elsewhere).notes).toContain('could not be estimated: nothing of those days is below its location.'); // prettier-ignore
  });

  it('says when a query had ended before it could be stopped', async () => {
    const past = await guarded(5000, { bytes: 6000 });
    expect(past.report.coverage.complete).toBe(true);
    expect(past.report.totals.calls).toBe(await calls());
    expect(of(past).notes).toContain('5.9 KiB were scanned, more than --max-scan (4.9 KiB)');
  });

  it('starts no further query past the limit', async () => {
    const ending = (number: number) => (number < 2 ? { State: 'FAILED', AthenaError: { Retryable: true, ErrorType: 1403 } } : null); // prettier-ignore
    const { report, server } = await guarded(5000, { bytes: 6000, ending });
    expect(server.queries).toHaveLength(1);
    expect(codes(report)).toContain('scan-limit');
  });
});
