import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { cli, type Outcome } from '../support/cli.js';
import { folderOf, log } from '../support/folder.js';
import { runMain } from '../support/in-process.js';
import { recordsOf, WEEKS } from '../support/organisation.js';

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

  it('refuses a state that no run wrote', async () => {
    await runAt(169);
    writeFileSync(join(folder, '.legacy-endpoint-audit/state.json'), '{"coveredTo": "now"}');
    expect((await runAt(337)).code).toBe(2);
  });
});
