/**
 * Writes a trail to disk in the layout of an organisation's bucket. Usage:
 *   node corpus.mjs FOLDER --events 900000 [--days 2] [--seed 1] [--file-records 4000]
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { trail } from './organisation.mjs';
import { randomFrom } from './random.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '900000' },
    days: { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    'file-records': { type: 'string', default: '4000' },
    'sts-share': { type: 'string', default: '0.1' },
    plain: { type: 'boolean', default: false },
  },
});
const folder = positionals[0] ?? 'corpus';
const fileRecords = Number(values['file-records']);
const random = randomFrom(Number(values.seed) ^ 0x5eed);
const open = new Map();
const totals = { events: 0, files: 0, bytes: 0, gzipBytes: 0 };

const events = trail({
  seed: Number(values.seed),
  count: Number(values.events),
  start: Date.UTC(2026, 0, 10, 12),
  days: Number(values.days),
  stsShare: Number(values['sts-share']),
});
for (const { record, accountId, region, deliveredAt } of events) {
  const day = new Date(deliveredAt).toISOString().slice(0, 10).replaceAll('-', '/');
  const key = `AWSLogs/o-exampleorg/${accountId}/CloudTrail/${region}/${day}`;
  const file = open.get(key) ?? { records: [], deliveredAt };
  open.set(key, file);
  file.records.push(JSON.stringify(record));
  file.deliveredAt = deliveredAt;
  totals.events += 1;
  if (file.records.length >= fileRecords) flush(key);
}
for (const key of open.keys()) flush(key);
console.log(JSON.stringify(totals));

function flush(key) {
  const { records, deliveredAt } = open.get(key);
  open.delete(key);
  const [, , accountId, , region] = key.split('/');
  const stamp = new Date(deliveredAt).toISOString().replace(/[-:]/g, '').slice(0, 13);
  const text = `{"Records":[${records.join(',')}]}`;
  const body = values.plain ? text : gzipSync(text);
  const suffix = values.plain ? 'json' : 'json.gz';
  mkdirSync(join(folder, key), { recursive: true });
  writeFileSync(
    join(folder, key, `${accountId}_CloudTrail_${region}_${stamp}Z_${random.hex(16)}.${suffix}`),
    body,
  );
  totals.files += 1;
  totals.bytes += Buffer.byteLength(text);
  totals.gzipBytes += body.length;
}
