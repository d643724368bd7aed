import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { stubAws } from '../support/aws/context.js';
import { type FakeObject, fakeS3 } from '../support/aws/fake-s3.js';
import { cli, type Outcome } from '../support/cli.js';
import { uuid } from '../support/events.js';
import { folderOf, log } from '../support/folder.js';
import { runMain } from '../support/in-process.js';
import { recordsOf, WEEKS } from '../support/organisation.js';
import { globalCall } from '../support/records.js';

const HOUR = 3_600_000;

const CONFIG = {
  sources: [{ source: 'files', paths: ['logs'] }],
  window: { since: 'last-run', first: '7d', settle: '1h' },
  output: { folder: 'out', formats: ['json', 'markdown'] },
};

let folder = '';
let calls = 0;

beforeEach(() => {
  folder = folderOf({
    'logs/first.json': log(...recordsOf(0)),
    'logs/second.json': log(...recordsOf(1)),
  });
  configure({});
  calls = [...recordsOf(0), ...recordsOf(1)].filter(isGlobalCall).length;
});

function configure(changes: object): void {
  const path = join(folder, 'legacy-endpoint-audit.config.json');
  writeFileSync(path, JSON.stringify({ ...CONFIG, ...changes }));
}

function isGlobalCall(record: Record<string, unknown>): boolean {
  return record['additionalEventData'] !== undefined;
}

/** Runs the job some hours after the first Monday, UTC. */
async function runAt(hours: number): Promise<Outcome> {
  const path = join(folder, 'legacy-endpoint-audit.config.json');
  return runMain(['run', path], WEEKS[0] + hours * HOUR);
}

function report(): Report {
  return JSON.parse(readFileSync(join(folder, 'out/report.json'), 'utf8'));
}

function state(): { coveredTo: string; report: string } {
  return JSON.parse(readFileSync(join(folder, '.legacy-endpoint-audit/state.json'), 'utf8'));
}

const names = ({ findings }: Report, status: string): string[] =>
  findings
    .filter(({ change }) => change?.status === status)
    .map(({ principal }) => principal.id.replace(/.*\//, ''));

describe('the scheduled job', () => {
  it('says after a week what changed since the week before', async () => {
    expect((await runAt(7 * 24 + 1)).code).toBe(0);
    expect(report().window).toEqual({ from: '2026-01-05T00:00:00Z', to: '2026-01-12T00:00:00Z' });
    expect(report().changes).toBeUndefined();
    const first = report().totals.calls;

    expect((await runAt(14 * 24 + 1)).code).toBe(0);
    const second = report();
    expect(second.window).toEqual({ from: '2026-01-12T00:00:00Z', to: '2026-01-19T00:00:00Z' });
    expect(names(second, 'new')).toContain('storefront-api');
    expect(names(second, 'changed')).toContain('terraform');
    expect(second.changes?.gone.map(({ principal }) => principal)).toContain(
      'arn:aws:iam::777788889999:role/backup/nightly',
    );
    expect(first + second.totals.calls).toBe(calls);
    expect(readFileSync(join(folder, 'out/report.md'), 'utf8')).toContain('## Changes since');
  });

  it('leaves no gap and counts nothing twice, however often it runs', async () => {
    let total = 0;
    let end = '2026-01-05T00:00:00Z';
    for (const hours of [169, 180.5, 240, 241, 300.25, 337]) {
      const { code } = await runAt(hours);
      expect(report().window.from).toBe(end);
      // In an hour without any STS event nothing was seen: the next run reads it again.
      expect(code).toBe(hours === 241 ? 3 : 0);
      if (code !== 0) continue;
      end = report().window.to ?? '';
      total += report().totals.calls;
    }
    expect(end).toBe('2026-01-19T00:00:00Z');
    expect(total).toBe(calls);
  });

  it('does not take the logs that it reads again for evidence of the window', async () => {
    const silent = '777788889999';
    const others = recordsOf(1).filter((record) => record['recipientAccountId'] !== silent);
    writeFileSync(join(folder, 'logs/second.json'), log(...others));
    await runAt(169);
    await runAt(337);
    // It looked back to days on which the account was there; in the window no log of it is.
    expect(report().late).toEqual({ from: '2026-01-11T00:00:00Z', calls: 0 });
    expect(report().coverage.accounts.map(({ accountId }) => accountId)).not.toContain(silent);
    expect(report().changes?.gone).toEqual([]);
    expect(report().changes?.unconfirmed.map(({ because }) => because)).toEqual([
      'Not seen, but no log of the account was seen.',
      'Not seen, but no log of the account was seen.',
    ]);
  });

  it('has nothing to do before new evidence is there', async () => {
    await runAt(169);
    const before = state();
    const { code, stderr } = await runAt(168.5);
    expect(code).toBe(0);
    expect(stderr).toContain('everything to 2026-01-12T00:00:00Z has been read');
    expect(state()).toEqual(before);
  });

  it('reads the window again after a run that died before it was remembered', async () => {
    await runAt(169);
    const copy = join(folder, 'state-before');
    cpSync(join(folder, '.legacy-endpoint-audit'), copy, { recursive: true });
    const first = report().totals.calls;
    await runAt(200);
    // The run at 200 wrote its report, and died before it wrote the state.
    rmSync(join(folder, '.legacy-endpoint-audit'), { recursive: true });
    cpSync(copy, join(folder, '.legacy-endpoint-audit'), { recursive: true });
    await runAt(337);
    expect(report().window.from).toBe('2026-01-12T00:00:00Z');
    expect(report().changes?.baseline.generatedAt).toBe('2026-01-12T01:00:00Z');
    expect(first + report().totals.calls).toBe(calls);
  });

  it('reads the window again after incomplete evidence, unless told to accept it', async () => {
    await runAt(169);
    writeFileSync(join(folder, 'logs/broken.json'), '{');
    expect((await runAt(200)).code).toBe(3);
    expect(report().coverage.complete).toBe(false);
    expect(state().coveredTo).toBe('2026-01-12T00:00:00Z');
    configure({ incomplete: 'accept' });
    expect((await runAt(201)).code).toBe(3);
    expect(state().coveredTo).toBe('2026-01-13T08:00:00Z');
  });

  it('calls the evidence incomplete when an expected account has no logs', async () => {
    configure({ accounts: ['111122223333', '999900001111'] });
    expect((await runAt(169)).code).toBe(3);
    expect(report().coverage.gaps).toMatchObject([
      { code: 'account-missing', subject: '999900001111' },
    ]);
  });

  it('does so, and once, when an account that a source asks for has none', async () => {
    const sources = [{ source: 'files', paths: ['logs'], account: '111122223333,999900001111' }];
    configure({ sources });
    expect((await runAt(169)).code).toBe(3);
    const gap = { code: 'account-missing', subject: '999900001111' };
    expect(report().coverage.gaps).toMatchObject([gap]);
    configure({ sources, accounts: ['999900001111'] });
    expect((await runAt(170)).code).toBe(3);
    expect(report().coverage.gaps).toMatchObject([gap]);
  }); // prettier-ignore

  it('calls it incomplete when the logs of an expected account stop in the window', async () => {
    const stopping = '777788889999';
    const logs = recordsOf(0).filter(
      (record) =>
        record['recipientAccountId'] !== stopping || String(record['eventTime']) < '2026-01-09',
    );
    writeFileSync(join(folder, 'logs/first.json'), log(...logs));
    expect((await runAt(169)).code).toBe(0);
    expect(readFileSync(join(folder, 'out/report.md'), 'utf8')).toContain('ends on 2026-01-08');
    rmSync(join(folder, '.legacy-endpoint-audit'), { recursive: true });
    configure({ accounts: ['111122223333', stopping] });
    expect((await runAt(169)).code).toBe(3);
    expect(report().coverage.gaps).toMatchObject([
      { code: 'account-cut-short', subject: stopping },
    ]);
  });

  it('lets new findings fail the job, and everything when there is no report to compare with', async () => {
    configure({ failOn: 'new' });
    expect((await runAt(169)).code).toBe(1);
    expect((await runAt(337)).code).toBe(1);
    expect(state().coveredTo).toBe('2026-01-19T00:00:00Z');
  });

  it('keeps one report to compare with, and what it counted lately', async () => {
    for (const hours of [169, 200, 337]) await runAt(hours);
    expect(readdirSync(join(folder, '.legacy-endpoint-audit')).toSorted()).toEqual([
      'counted-20260119T010000Z.jsonl',
      'report-20260119T010000Z.json',
      'state.json',
    ]);
  });

  it('takes YAML, with the same meaning', async () => {
    const path = join(folder, 'job.yaml');
    writeFileSync(
      path,
      'sources:\n  - source: files\n    paths: [logs]\n    threads: 1\naccounts:\n  - 111122223333\nwindow:\n  from: 2026-01-05\n  to: 2026-01-12\noutput:\n  folder: out\n  formats: [json]\n',
    );
    expect((await cli(['run', path])).code).toBe(0);
    expect(report().window.to).toBe('2026-01-12T00:00:00Z');
  });

  it.each([
    ['no source', { sources: [] }, 'sources'],
    ['an unknown source', { sources: [{ source: 'tape' }] }, 'sources[0].source'],
    ['a window that is given twice', { window: { since: '7d', from: '2026-01-01' } }, 'window.since'],
    ['a misspelt key', { outptu: {} }, 'outptu'],
    ['an account that is none', { accounts: ['prod'] }, 'accounts[0]'],
    ['a file that is not there', { ignore: 'none.yaml' }, 'none.yaml'],
  ])('refuses a config with %s before it reads or writes anything', async (_, changes, message) => {
    configure(changes);
    const { code, stderr } = await runAt(169);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  }); // prettier-ignore

  it.each([
    ['that starts after its end', { from: '2026-02-01', to: '2026-01-01' }],
    ['of no days', { since: '0d' }],
    ['of no hours in the first run', { first: '0h' }],
    ['of centuries', { first: '9999w' }],
  ])('refuses a window %s', async (_, window) => {
    configure({ window });
    expect((await runAt(169)).code).toBe(2);
    expect(existsSync(join(folder, 'out'))).toBe(false);
  });

  it('does not take a state that cannot be read for the first run', async () => {
    await runAt(169);
    const before = report();
    rmSync(join(folder, '.legacy-endpoint-audit/state.json'));
    mkdirSync(join(folder, '.legacy-endpoint-audit/state.json'));
    const { code, stderr } = await runAt(337);
    expect([code, stderr]).toEqual([2, expect.stringContaining('state.json')]);
    expect(report()).toEqual(before);
  });

  it.each([
    ['emptied', () => ''],
    [
      'cut at the end of a line',
      (text: string) => text.slice(0, text.lastIndexOf('\n', text.length - 2) + 1),
    ],
  ])('does not go on from a list of counted calls that was %s', async (_, cut) => {
    await runAt(169);
    const before = [report(), state()];
    const path = join(folder, '.legacy-endpoint-audit/counted-20260112T010000Z.jsonl');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, cut(text));
    const { code, stderr } = await runAt(337);
    expect([code, stderr]).toEqual([2, expect.stringContaining('is not what a run wrote')]);
    expect([report(), state()]).toEqual(before);
    writeFileSync(path, text);
    expect((await runAt(337)).code).toBe(0);
  });

  it('does not offer a schema of the state, which there is none of', async () => {
    await runAt(169);
    writeFileSync(join(folder, '.legacy-endpoint-audit/state.json'), '{}');
    const { code, stderr } = await runAt(337);
    expect(code).toBe(2);
    expect(stderr).toContain('restore it');
    expect(stderr).not.toContain('schema state');
  });

  it('keeps its report when it is run again before an hour has passed', async () => {
    await runAt(169);
    const before = [report(), state()];
    const { code, stderr } = await runAt(169.9);
    expect(code).toBe(0);
    expect(stderr).toContain('everything to 2026-01-12T00:00:00Z has been read');
    expect([report(), state()]).toEqual(before);
  });

  it('refuses to wait for the time that a clock ran ahead', async () => {
    expect((await runAt(24 * 365 * 3)).code).toBe(3);
    configure({ incomplete: 'accept' });
    await runAt(24 * 365 * 3);
    const { code, stderr } = await runAt(337);
    expect(code).toBe(2);
    expect(stderr).toContain('which lies ahead');
    expect(stderr).toContain('coveredTo');
  });

  it('goes on where it was after a run with bounds of its own', async () => {
    await runAt(169);
    const before = state();
    configure({ window: { from: '2026-01-06', to: '2026-01-07' } });
    expect((await runAt(170)).code).toBe(0);
    expect(state().coveredTo).toBe(before.coveredTo);
    configure({});
    await runAt(337);
    expect(report().window.from).toBe('2026-01-12T00:00:00Z');
    expect(report().late).toEqual({ from: '2026-01-11T00:00:00Z', calls: 0 });
  });

  it.each([
    ['another version of the tool', { tool: '0.0.1' }, 'version 0.0.1'],
    ['another kind of source', { sources: ['athena'] }, 'athena'],
  ])('says that it did not look back after %s', async (_, changes, why) => {
    await runAt(169);
    const path = join(folder, '.legacy-endpoint-audit/state.json');
    writeFileSync(path, JSON.stringify({ ...state(), ...changes }));
    await runAt(337);
    expect(report().late).toMatchObject({ from: '2026-01-12T00:00:00Z', calls: 0 });
    expect(report().late?.note).toContain(why);
    expect(readFileSync(join(folder, 'out/report.md'), 'utf8')).toContain(why);
  });

  it.each(['a folder', 's3://trail-bucket'])('finds calls that came days late, in files by the day of their delivery: %s', async (place) => {
    stubAws();
    const objects: Record<string, FakeObject> = {};
    const server = await fakeS3({ objects });
    const isBucket = place.startsWith('s3:');
    const days = Array.from({ length: 28 }, (_, day) => day);
    const at = (hours: number): string => new Date(WEEKS[0] + hours * HOUR).toISOString();
    const arrivals = days.map((day) => ({ hours: day * 24 + 12, delay: (day % 4) * 24 }));
    const bring = (from: number, to: number): void => {
      for (const { hours, delay } of arrivals.filter((one) => one.hours + one.delay >= from && one.hours + one.delay < to)) {
        const stamp = at(hours + delay).slice(0, 10);
        const day = `AWSLogs/111122223333/CloudTrail/us-east-1/${stamp.replaceAll('-', '/')}`;
        const key = `${day}/111122223333_CloudTrail_us-east-1_${stamp.replaceAll('-', '')}T1200Z_${hours}.json`;
        const text = log(globalCall({ eventID: uuid(`at ${hours}`), eventTime: `${at(hours).slice(0, 19)}Z` }));
        mkdirSync(join(folder, 'trail', day), { recursive: true });
        if (isBucket) objects[key] = { body: Buffer.from(text) };
        else writeFileSync(join(folder, 'trail', key), text);
      }
    };
    const bucket = { paths: [place], region: 'us-east-1', endpointUrl: server.url };
    const sources = [{ source: 'files', ...(isBucket ? bucket : { paths: ['trail'] }) }];
    configure({ sources, window: { first: '7d', settle: '0h', late: '7d' } });
    let total = 0;
    for (const week of [1, 2, 3, 4, 5]) {
      bring((week - 1) * 168, week * 168);
      // In the last week nothing happens, so its evidence is incomplete; what came late counts.
      await runAt(week * 168);
      total += report().totals.calls;
    }
    await server.close();
    expect(total).toBe(arrivals.length);
  }); // prettier-ignore

  it('refuses a state that no run wrote', async () => {
    await runAt(169);
    writeFileSync(join(folder, '.legacy-endpoint-audit/state.json'), '{"coveredTo": "now"}');
    expect((await runAt(337)).code).toBe(2);
  });
});
