/**
 * Writes a trail to disk in the layout of an organisation's bucket. Equal options give equal bytes;
 * memory does not grow with the number of events, which may be from thousands to many millions.
 *
 *   node corpus.mjs FOLDER --events 900000 [--days 2] [--start 2026-01-10T12:00:00Z] [--seed 1]
 *     [--sts-share 0.1] [--global-share 0.35] [--late-share 0.01]
 *     [--file-records 4000] [--plain]
 */
import { parseArgs } from 'node:util';
import { LogFiles } from './log-files.mjs';
import { trail } from './organisation/trail.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '900000' },
    days: { type: 'string', default: '2' },
    start: { type: 'string', default: '2026-01-10T12:00:00Z' },
    seed: { type: 'string', default: '1' },
    'sts-share': { type: 'string', default: '0.1' },
    'global-share': { type: 'string', default: '0.35' },
    'late-share': { type: 'string', default: '0.01' },
    'file-records': { type: 'string', default: '4000' },
    plain: { type: 'boolean', default: false },
  },
});
const files = new LogFiles(positionals[0] ?? 'corpus', {
  seed: Number(values.seed),
  fileRecords: Number(values['file-records']),
  plain: values.plain,
});
const events = trail({
  seed: Number(values.seed),
  count: Number(values.events),
  start: Date.parse(values.start),
  days: Number(values.days),
  stsShare: Number(values['sts-share']),
  globalShare: Number(values['global-share']),
  lateShare: Number(values['late-share']),
});
for (const delivery of events) files.add(delivery);
console.log(JSON.stringify(files.close()));
