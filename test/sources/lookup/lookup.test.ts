import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { audit } from '../../../src/audit.js';
import { cloudTrailClient } from '../../../src/aws/clients.js';
import type { Report } from '../../../src/report/schema.js';
import { lookup } from '../../../src/sources/lookup/index.js';
import { fileJournal } from '../../../src/sources/lookup/journal.js';
import { stubAws, testContext } from '../../support/aws/context.js';
import { fakeCloudTrail } from '../../support/aws/fake-cloudtrail.js';
import { textAt } from '../../support/aws/evidence.js';
import {
  BROKEN,
  EXPIRED,
  type Fault,
  json,
  jsonError,
  THROTTLED,
} from '../../support/aws/loopback.js';
import { start } from '../../support/aws/spawned.js';
import { at, FROM, type RawRecord, stsEvents, TO, uuid } from '../../support/events.js';
import { globalCall } from '../../support/records.js';
import { asked, closeServers, resumeFile, run, servers, WINDOW } from './run.js';

beforeEach(stubAws);
afterEach(closeServers);

const evidence = ({ findings, totals, coverage, awsManaged }: Report): unknown => ({ findings, totals, coverage, awsManaged }); // prettier-ignore

describe('the pace', () => {
  it('is two requests a second, also when requests are repeated', async () => {
    const context = testContext();
    const times: number[] = [];
    await run({
      context,
      fault: (_, number) => {
        times.push(context.now());
        if (number % 3 === 1) return THROTTLED;
        return number % 3 === 2 ? BROKEN : null;
      },
    });
    expect(times.length).toBeGreaterThan(12);
    times.slice(1).forEach((time, place) => expect(time - (times[place] ?? 0)).toBeGreaterThanOrEqual(500)); // prettier-ignore
  });

  it('tells how far it is, and how many pages there will be', async () => {
    const { context } = await run();
    const totals = context.steps.map(({ done, total }) => [done, total] as const);
    expect(totals.map(([done]) => done)).toEqual(totals.map((_, place) => place + 1));
    for (const [done, total] of totals) expect(total).toBeGreaterThanOrEqual(done);
    expect(totals.at(-1)?.[1]).toBe(totals.length);
  });

  it('foresees what is left of a run that goes on', async () => {
    const even = Array.from({ length: 4000 }, (_, place) => globalCall({ eventID: uuid(`even ${place}`), eventTime: at((place * 96) / 4000) }) as RawRecord); // prettier-ignore
    const file = resumeFile();
    const context = testContext();
    await run({ records: even, file, context, fault: (_, number) => { if (number === 72) context.interrupt(); return null; } }); // prettier-ignore
    const second = await run({ records: even, file });
    const pages = second.context.steps.length;
    expect(pages).toBe(14);
    for (const { total } of second.context.steps) {
      expect(Math.abs((total ?? 0) - pages)).toBeLessThanOrEqual(1);
    }
  });

  it('asks in us-east-1 for the events of STS alone, 50 at a time', async () => {
    const { server } = await run();
    for (const { body, headers } of server.received) {
      expect(JSON.parse(body)).toMatchObject({ LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: 'sts.amazonaws.com' }], MaxResults: 50 }); // prettier-ignore
      expect(headers.authorization).toContain('/us-east-1/cloudtrail/');
    }
  });
});

describe('a busy account', () => {
  const busy = Array.from({ length: 1100 }, (_, place) => globalCall({ eventID: uuid(`busy ${place}`), eventTime: at(95.99 - place / 3600) }) as RawRecord); // prettier-ignore

  it('is told early that it will take hours, and what is faster', async () => {
    const { report, context } = await run({ records: busy, window: { from: FROM - 80 * 86_400, to: TO } }); // prettier-ignore
    expect(report.sources[0]?.notes.join()).toMatch(/hours at two requests a second.*athena, insights or files s3:\/\//); // prettier-ignore
    const first = context.steps.findIndex(({ detail }) => detail?.includes('athena') === true);
    expect(first).toBe(19);
  });
});

describe('the window', () => {
  it('has lost what is older than 90 days', async () => {
    const { report } = await run({ window: { from: FROM - 100 * 86_400, to: TO } });
    expect(report.coverage.gaps).toMatchObject([{ code: 'before-event-history', message: expect.stringContaining('keeps 90 days') }]); // prettier-ignore
  });

  it('of --since 90d has lost nothing', async () => {
    const { report } = await run({ window: { from: testContext().now() / 1000 - 90 * 86_400, to: null } }); // prettier-ignore
    expect(report.coverage.complete).toBe(true);
  });

  it('of 90 days may lose its beginning in a run of hours', async () => {
    const context = testContext();
    const from = context.now() / 1000 - 90 * 86_400;
    const slow: Fault = (_, number) => {
      if (number === 3) void context.sleep(2 * 3_600_000);
      return null;
    };
    const { report } = await run({ window: { from, to: null }, context, fault: slow });
    expect(report.coverage.gaps).toMatchObject([{ code: 'before-event-history', message: expect.stringContaining('may have left') }]); // prettier-ignore
  });

  it('that is older altogether is a mistake', async () => {
    const older = run({ window: { from: FROM - 200 * 86_400, to: FROM - 120 * 86_400 } });
    await expect(older).rejects.toMatchObject({ message: 'the event history keeps 90 days, and the window is older', hint: expect.stringContaining('files s3://') }); // prettier-ignore
  });
});

it('pages of events without an id of their own all count', async () => {
  const fault: Fault = async (_, __, serve) => {
    const page = JSON.parse(String((await serve()).body)) as { Events: Record<string, unknown>[] };
    return json({ ...page, Events: page.Events.map(({ EventId: _id, ...event }) => event) });
  };
  const records = Array.from({ length: 120 }, (_, place) => globalCall({ eventID: uuid(`plain ${place}`), eventTime: at(12 - place / 3600) }) as RawRecord); // prettier-ignore
  const { report } = await run({ records, fault });
  expect(report.totals.calls).toBe(120);
  expect(report.coverage.complete).toBe(true);
});

describe('a resume file', () => {
  it('lets an interrupted run go on, without asking again and without counting twice', async () => {
    const calm = await run();
    for (let stop = 3; stop <= calm.server.received.length + 1; stop += 1) {
      const file = resumeFile();
      const context = testContext();
      const first = await run({ file, context, fault: (_, number) => { if (number === stop) context.interrupt(); return null; } }); // prettier-ignore
      expect(first.report.coverage.complete).toBe(false);
      const second = await run({ file });
      expect(evidence(second.report)).toEqual(evidence(calm.report));
      expect(asked(second.server)).toBe(calm.server.received.length - (stop - 2));
      const third = await run({ file });
      expect(evidence(third.report)).toEqual(evidence(calm.report));
      expect(asked(third.server)).toBe(0);
    }
  });

  it('survives credentials that expire in the middle', async () => {
    const file = resumeFile();
    const calm = await run();
    const first = await run({ file, fault: (_, number) => (number >= 4 ? EXPIRED : null) });
    expect(first.report.coverage.gaps[0]).toMatchObject({ code: 'credentials-expired' });
    const second = await run({ file });
    expect(evidence(second.report)).toEqual(evidence(calm.report));
  });

  it('survives a torn line, wherever it is torn', async () => {
    const calm = await run();
    const whole = resumeFile();
    await run({ file: whole });
    const text = readFileSync(whole, 'utf8');
    for (const share of [0.2, 0.5, 0.8, 0.999]) {
      const file = resumeFile();
      writeFileSync(file, text.slice(0, Math.floor(text.length * share)));
      const { report } = await run({ file });
      expect(evidence(report)).toEqual(evidence(calm.report));
    }
  });

  it('begins a day again whose page token is no longer taken', async () => {
    const file = resumeFile();
    const calm = await run();
    const context = testContext();
    await run({ file, context, fault: (_, number) => { if (number === 4) context.interrupt(); return null; } }); // prettier-ignore
    const { report } = await run({ file, fault: ({ body }, number) => number === 2 && body.includes('NextToken') ? jsonError('InvalidNextTokenException', 'too old') : null }); // prettier-ignore
    const { deduplication, ...rest } = report.coverage;
    const { deduplication: _, ...wanted } = calm.report.coverage;
    expect(rest).toEqual(wanted);
    expect(report.findings).toEqual(calm.report.findings);
    expect(deduplication.duplicates).toBeGreaterThanOrEqual(calm.report.coverage.deduplication.duplicates); // prettier-ignore
  });

  it('holds no session token, and is for nobody else to read', async () => {
    const file = resumeFile();
    await run({ file });
    expect(readFileSync(file, 'utf8')).not.toMatch(/SECRET|sessionToken|credentials"/);
  });

  it('that is something else is left alone', async () => {
    const file = resumeFile();
    writeFileSync(file, 'my notes\n');
    await expect(run({ file })).rejects.toMatchObject({ hint: 'name a new file with --resume' });
    expect(readFileSync(file, 'utf8')).toBe('my notes\n');
  });

  it('of another account is not mixed in', async () => {
    const file = resumeFile();
    await run({ file });
    const before = readFileSync(file, 'utf8');
    const mixed = run({ file, account: '999999999999' });
    await expect(mixed).rejects.toMatchObject({ message: 'the resume file is of account 111111111111, not 999999999999', hint: 'name another file with --resume' }); // prettier-ignore
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is left alone when nothing says whose history is asked', async () => {
    const nameless: Fault = ({ body }) => body.includes('LookupAttributes') ? null : json({ Events: [{ CloudTrailEvent: '{}' }] }); // prettier-ignore
    const fresh = resumeFile();
    const first = await run({ file: fresh, fault: nameless });
    expect(first.report.coverage.complete).toBe(true);
    expect(first.report.sources[0]?.notes.join()).toContain('neither used nor written');
    expect(existsSync(fresh)).toBe(false);
    const file = resumeFile();
    await run({ file });
    const before = readFileSync(file, 'utf8');
    const { report, server } = await run({ file, fault: nameless });
    expect(evidence(report)).toEqual(evidence(first.report));
    expect(asked(server)).toBe(asked(first.server));
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('is of the account that any recent event names, as not all do', async () => {
    const file = resumeFile();
    await run({ file });
    const fault: Fault = async ({ body }, _, serve) => {
      if (body.includes('LookupAttributes')) return null;
      const { Events } = JSON.parse(String((await serve()).body)) as { Events: unknown[] };
      return json({ Events: [{ CloudTrailEvent: '{"eventName":"x"}' }, ...Events] });
    };
    expect(asked((await run({ file, fault })).server)).toBe(0);
  });

  it('is asked again for a day that was read before its last events can have come', async () => {
    const file = resumeFile();
    const window = { from: FROM, to: FROM + 86_400 };
    const call = (second: number): RawRecord =>
      globalCall({
        eventID: uuid(`late ${second}`),
        eventTime: `${new Date((FROM + second) * 1000).toISOString().slice(0, 19)}Z`,
      }) as RawRecord;
    const soon = testContext((window.to + 30) * 1000);
    await run({ file, window, records: [call(10)], context: soon });
    const later = testContext((window.to + 9 * 3600) * 1000);
    const { report } = await run({ file, window, records: [call(10), call(86_390)], context: later }); // prettier-ignore
    expect(report.totals.calls).toBe(2);
  });

  it('of a window that ends now goes on in its last day, and finds what came late', async () => {
    const noon = FROM + 86_400 / 2;
    const call = (second: number): RawRecord => globalCall({ eventID: uuid(`noon ${second}`), eventTime: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` }) as RawRecord; // prettier-ignore
    const morning = Array.from({ length: 500 }, (_, place) => call(noon - 60 - place * 60));
    const file = resumeFile();
    const context = testContext(noon * 1000);
    const window = { from: FROM, to: null };
    await run({ file, window, records: morning, context, fault: (_, number) => { if (number === 8) context.interrupt(); return null; } }); // prettier-ignore
    const late = [call(noon - 61), call(noon - 30), call(noon + 100)];
    const { report, server } = await run({ file, window, records: [...morning, ...late], context: testContext((noon + 600) * 1000) }); // prettier-ignore
    expect(report.totals.calls).toBe(503);
    expect(report.coverage).toMatchObject({ complete: true, stsEvents: 503 });
    // Six pages of the ten were kept. The hour before the end, where late events may be, has two. Of
    // each, one more question makes sure of its end.
    expect(asked(server)).toBe(5 + 1 + 2 + 1);
    const third = await run({ file, window, records: [...morning, ...late], context: testContext((noon + 86_400) * 1000) }); // prettier-ignore
    expect(third.report.totals.calls).toBe(503);
  });

  it('is for one run at a time', async () => {
    const file = resumeFile();
    writeFileSync(`${file}.lock`, String(process.ppid));
    await expect(run({ file })).rejects.toMatchObject({ message: `the resume file ${file} is in use by another run (process ${process.ppid})`, hint: expect.stringContaining('.lock') }); // prettier-ignore
    // Of a process that was killed; in a container, the next one has the same number.
    for (const left of ['999999999', String(process.pid), '']) {
      writeFileSync(`${file}.lock`, left);
      expect((await run({ file })).report.coverage.complete).toBe(true);
      expect(existsSync(`${file}.lock`)).toBe(false);
    }
  });

  it('is not written by two sources of one run', async () => {
    const file = resumeFile();
    const server = await fakeCloudTrail({ records: stsEvents() });
    servers.push(server);
    const client = () => cloudTrailClient({ endpointUrl: server.url });
    const sources = [1, 2].map(() => lookup({ client, journal: fileJournal(file) }));
    const report = await audit({ sources, window: WINDOW, context: testContext() });
    expect(report.coverage.gaps).toMatchObject([{ code: 'source-failed', message: expect.stringContaining('in use by another run') }]); // prettier-ignore
    expect(report.totals).toEqual((await run()).report.totals);
  });

  it('remembers what could not be read', async () => {
    const file = resumeFile();
    const window = { from: FROM, to: FROM + 86_400 };
    const page = { ...window, token: null, nextToken: null, records: [], unreadable: 1, oldest: null, asked: window.to + 86_400 }; // prettier-ignore
    writeFileSync(file, `{"journal":"legacy-endpoint-audit lookup","version":1,"account":"111111111111"}\n${JSON.stringify(page)}`); // prettier-ignore
    const { report } = await run({ file, window });
    expect(report.coverage.gaps.map(({ code }) => code)).toContain('unreadable-records');
  });

  it('survives kill -9', async () => {
    // The program runs by the real clock, so its events are of the last days, and have all come.
    const moved = Math.floor((Date.now() / 1000 - TO) / 86_400 - 1) * 86_400;
    const records = stsEvents().map((record) => ({
      ...record,
      eventTime: `${new Date(Date.parse(textAt(record, 'eventTime') ?? '') + moved * 1000).toISOString().slice(0, 19)}Z`,
    }));
    const window = { from: FROM + moved, to: TO + moved };
    const calm = await run({ records, window, context: testContext(Date.now()) });
    const file = resumeFile();
    const server = await fakeCloudTrail({ records });
    servers.push(server);
    const [from = '', to = ''] = [window.from, window.to].map((time) => new Date(time * 1000).toISOString().slice(0, 10)); // prettier-ignore
    const args = ['lookup', '--resume', file, '--endpoint-url', server.url, '--from', from, '--to', to, '--format', 'json']; // prettier-ignore
    const first = start(args);
    server.fault((_, number) => {
      if (number === 5) first.child.kill('SIGKILL');
      return null;
    });
    expect((await first.ended).code).toBe(null);
    appendFileSync(file, '\n{"from":17');
    const second = await start(args).ended;
    const { findings, totals, coverage } = JSON.parse(second.stdout) as Report;
    expect({ findings, totals, coverage }).toEqual({ findings: calm.report.findings, totals: calm.report.totals, coverage: calm.report.coverage }); // prettier-ignore
    // Three pages were kept; the fourth, whose answer was lost, is asked for again.
    expect(asked(server)).toBe(calm.server.received.length + 1);
  });
});
