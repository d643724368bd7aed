/**
 * A config may name every source that there is a command for.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/command-table.js';
import { ownFlags, SOURCES } from '../../src/job/source-schema.js';
import { usableId } from '../../src/cloudtrail/event-id.js';
import { textAt } from '../support/aws/evidence.js';
import { BACKENDS, STORE } from '../support/aws/backends.js';
import { fakeAthena } from '../support/aws/fake-athena.js';
import { stubAws } from '../support/aws/context.js';
import { FROM, stsEvents, TO } from '../support/events.js';
import { folderOf, log } from '../support/folder.js';
import { runMain } from '../support/in-process.js';

const closing: (() => Promise<void>)[] = [];
beforeEach(stubAws);
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Events with an id, by which two sources recognise that they have the same one. */
const EVENTS = stsEvents().filter((event) => usableId(textAt(event, 'eventID')) !== null);

const WINDOW = {
  from: new Date(FROM * 1000).toISOString(),
  to: new Date(TO * 1000).toISOString(),
};

async function totalsOf(sources: object): Promise<unknown> {
  const folder = folderOf({ 'logs/all.json': log(...EVENTS) });
  const config = { sources, window: WINDOW, output: { folder: 'out', formats: ['json'] } };
  writeFileSync(join(folder, 'job.json'), JSON.stringify(config));
  const { stderr } = await runMain(
    ['run', join(folder, 'job.json'), '--quiet'],
    (TO + 3600) * 1000,
  );
  expect(stderr).toBe('');
  return JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8')).totals;
}

async function endpointOf(backend: string): Promise<string> {
  const { server } = (await BACKENDS[backend]?.(EVENTS)) ?? { server: null };
  if (server === null) throw new Error(backend);
  closing.push(async () => server.close());
  return server.url;
}

describe('the sources of a config', () => {
  let here: unknown;
  beforeAll(async () => {
    here = await totalsOf([{ source: 'files', paths: ['logs'] }]);
  });

  it.each([
    ['s3 bucket', { source: 'files', paths: ['s3://trail-bucket'] }],
    ['insights', { source: 'insights', logGroup: 'trail' }],
    ['athena', { source: 'athena', table: 'audit.cloudtrail', maxScan: '200GiB' }],
    ['lake', { source: 'lake', eventDataStore: STORE }],
    ['lookup', { source: 'lookup', resume: 'lookup.jsonl' }],
  ])('give what the files give: %s', async (backend, source) => {
    const endpointUrl = await endpointOf(backend);
    expect(await totalsOf([{ ...source, endpointUrl, region: 'us-east-1' }])).toEqual(here);
  }); // prettier-ignore

  it('are counted once when they hold the same events', async () => {
    const endpointUrl = await endpointOf('insights');
    const insights = { source: 'insights', logGroup: ['trail'], endpointUrl };
    expect(await totalsOf([{ source: 'files', paths: ['logs'] }, insights])).toEqual(here);
  });

  it('take every flag of their commands but those of the job', () => {
    for (const source of SOURCES) {
      const all = COMMANDS.find(({ name }) => name === source)?.flags.map(({ name }) => name);
      const own = new Set(ownFlags(source).map(({ name }) => name));
      const left = all?.filter((name) => !own.has(name));
      expect(left?.toSorted()).toEqual([
        'baseline',
        'fail-on',
        'format',
        'from',
        'ignore',
        'ip-ranges',
        'out',
        'owners',
        'quiet',
        'since',
        'split-by',
        'to',
      ]);
    }
  });

  it('look back in Athena for what came as late as the config says, and scan no further', async () => {
    const server = await fakeAthena({ records: stsEvents() });
    closing.push(async () => server.close());
    const source = { source: 'athena', table: 'audit.cloudtrail', endpointUrl: server.url, region: 'us-east-1' };
    const window = { first: '2d', settle: '1h', late: '3d' };
    const folder = folderOf({ 'job.json': JSON.stringify({ sources: [source], window, output: { folder: 'out' } }) });
    for (const now of ['2026-07-02T01:00:00Z', '2026-07-20T01:00:00Z']) {
      await runMain(['run', join(folder, 'job.json'), '--quiet'], Date.parse(now));
    }
    const days = server.queries.map(({ text }) => /"timestamp" BETWEEN '(.*)' AND '(.*)'/.exec(text)?.slice(1));
    expect(days).toEqual([
      ['2026/06/29', '2026/07/02'],
      ['2026/07/01', '2026/07/20'],
      ['2026/06/29', '2026/07/04'],
    ]);
  }); // prettier-ignore
});
