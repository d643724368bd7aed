import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { Collector } from '../../../src/cloudtrail/collector.js';
import { readLog, toReading } from '../../../src/sources/files/read-file.js';
import { folderOf, log } from '../../support/folder.js';
import { globalCall, type Json } from '../../support/records.js';

it('keeps damaged files apart that are read at the same time', async () => {
  const [a, b] = [globalCall(), globalCall()];
  const torn = (record: Json): Buffer => gzipSync(log(record)).subarray(0, -9);
  const folder = folderOf({ 'a.json.gz': torn(a), 'b.json.gz': torn(b) });
  const collectors = ['a.json.gz', 'b.json.gz'].map(async (name) => {
    const collector = new Collector({ from: null, to: null });
    const reading = { collector, limits: { maxInflatedBytes: 1e6, wholeBytes: 1e6 } };
    await toReading(readLog(join(folder, name), reading)).next();
    return collector.drain().hits.map(({ eventId }) => eventId);
  });
  expect(await Promise.all(collectors)).toEqual([[a['eventID']], [b['eventID']]]);
});

it('throws bugs of its own instead of blaming the file', async () => {
  const folder = folderOf({ 'a.json': log(globalCall()) });
  const collector = new Collector({ from: null, to: null });
  collector.addEvent = () => {
    throw new TypeError('a bug');
  };
  for (const wholeBytes of [1e6, 1]) {
    const reading = { collector, limits: { maxInflatedBytes: 1e6, wholeBytes } };
    await expect(async () => toReading(readLog(join(folder, 'a.json'), reading)).next()).rejects.toThrow('a bug'); // prettier-ignore
  }
});
