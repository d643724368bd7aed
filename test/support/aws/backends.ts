/**
 * Every source over the same records, each through its own backend.
 */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { athenaClient, cloudTrailClient, logsClient, s3Client } from '../../../src/aws/clients.js';
import type { Source } from '../../../src/contracts.js';
import { athena } from '../../../src/sources/athena/index.js';
import { files } from '../../../src/sources/files/index.js';
import { insights } from '../../../src/sources/insights/index.js';
import { lake } from '../../../src/sources/lake/index.js';
import { lookup } from '../../../src/sources/lookup/index.js';
import { s3 } from '../../../src/sources/s3/index.js';
import type { RawRecord } from '../events.js';
import { executeInsights } from '../insights-ql/execute.js';
import { athenaService } from '../sql/athena-service.js';
import { athenaTable, lakeTable } from '../sql/executed.js';
import { lakeService } from '../sql/lake-service.js';
import { deliveryDay, groupBy } from './evidence.js';
import { fakeAthena } from './fake-athena.js';
import { fakeCloudTrail } from './fake-cloudtrail.js';
import { fakeLogs } from './fake-logs.js';
import { fakeS3, type FakeObject } from './fake-s3.js';
import type { Loopback } from './loopback.js';

export interface Backend {
  readonly source: Source;
  readonly server: Loopback | null;
}

/** What delivery takes as a rule, in seconds. */
const MINUTES = 240;

export const STORE = '11111111-2222-4333-8444-555555555555';

/** `late`: seconds from an event to its delivery. */
export const BACKENDS: Readonly<
  Record<string, (records: readonly RawRecord[], late?: number) => Promise<Backend>>
> = {
  files: async (records, late) => {
    const folder = mkdtempSync(join(tmpdir(), 'legacy-endpoint-audit-'));
    for (const [path, body] of Object.entries(trail(records, late))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), body);
    }
    return { source: files([folder]), server: null };
  },
  's3 bucket': async (records, late) => {
    const objects = Object.entries(trail(records, late)).map(([key, body]): [string, FakeObject] => [key, { body }]); // prettier-ignore
    const server = await fakeS3({ objects: Object.fromEntries(objects), page: 2 });
    const client = () => s3Client({ region: 'us-east-1', endpointUrl: server.url });
    return { source: s3(['s3://trail-bucket'], { client }), server };
  },
  insights: async (records, late = MINUTES) => {
    const server = await fakeLogs({
      groups: { trail: { records } },
      page: 50,
      polls: 2,
      delay: late,
    });
    const client = () => logsClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: insights({ logGroups: ['trail'], client }), server };
  },
  'insights, infrequent access': async (records, late = MINUTES) => {
    const group = { records, logGroupClass: 'INFREQUENT_ACCESS' as const };
    const server = await fakeLogs({ groups: { trail: group }, mostRows: 10_000, delay: late });
    const client = () => logsClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: insights({ logGroups: ['trail'], client }), server };
  },
  'insights, its queries executed': async (records, late = MINUTES) => {
    const groups = { trail: { records } };
    const server = await fakeLogs({ groups, delay: late, execute: executeInsights });
    const client = () => logsClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: insights({ logGroups: ['trail'], client }), server };
  },
  'insights, infrequent access, its queries executed': async (records, late = MINUTES) => {
    const groups = { trail: { records, logGroupClass: 'INFREQUENT_ACCESS' as const } };
    const server = await fakeLogs({ groups, mostRows: 10_000, delay: late, execute: executeInsights }); // prettier-ignore
    const client = () => logsClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: insights({ logGroups: ['trail'], client }), server };
  },
  athena: async (records) => {
    const server = await fakeAthena({ records, polls: 2, page: 7 });
    const client = () => athenaClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: athena({ table: 'audit.cloudtrail', client }), server };
  },
  'athena, partitions added by hand': async (records) => {
    const added = { '111111111111': ['01', '02', '03', '04', '05'].map((day) => `2026/07/${day}`) };
    const server = await fakeAthena({ records, polls: 2, page: 7, properties: {}, added });
    const client = () => athenaClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: athena({ table: 'audit.cloudtrail', client }), server };
  },
  lake: async (records) => {
    const server = await fakeCloudTrail({ records, polls: 2, page: 7 });
    const client = () => cloudTrailClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: lake({ eventDataStore: STORE, client }), server };
  },
  'athena, its SQL executed': async (records, late = MINUTES) => {
    const { engine, table } = await athenaTable(records, late);
    const server = await athenaService(engine, [table]);
    const client = () => athenaClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: athena({ table: `${table.database}.${table.name}`, client }), server };
  },
  'lake, its SQL executed': async (records) => {
    const server = await lakeService(await lakeTable(STORE, records), STORE, 'left out');
    const client = () => cloudTrailClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: lake({ eventDataStore: STORE, client }), server };
  },
  lookup: async (records) => {
    const server = await fakeCloudTrail({ records });
    const client = () => cloudTrailClient({ region: 'us-east-1', endpointUrl: server.url });
    return { source: lookup({ client }), server };
  },
};

/** Log files as a trail delivers them. */
function trail(records: readonly RawRecord[], late = MINUTES): Record<string, Buffer> {
  const byDay = groupBy(records, (record) => deliveryDay(record, late));
  return Object.fromEntries(
    [...byDay].map(([day, members]) => {
      const folder = `AWSLogs/o-example/111111111111/CloudTrail/us-east-1/${day.replaceAll('-', '/')}`;
      const name = `111111111111_CloudTrail_us-east-1_${day.replaceAll('-', '')}T2359Z_abcdefghijklmnop.json.gz`;
      return [`${folder}/${name}`, gzipSync(JSON.stringify({ Records: members }))];
    }),
  );
}
