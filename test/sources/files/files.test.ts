import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../src/report/schema.js';
import { files, type FilesOptions } from '../../../src/sources/files/index.js';
import { audit } from '../../../src/audit.js';
import { UserError } from '../../../src/errors.js';
import type { Progress } from '../../../src/contracts.js';
import { countTotals } from '../../../src/sources/files/totals.js';
import { auditSource, CLOCK } from '../../support/audit.js';
import { deliveredPath, folderOf, log } from '../../support/folder.js';
import { globalCall, regionalCall } from '../../support/records.js';

const calls = [globalCall(), globalCall(), globalCall()];
const [a = {}, b = {}, c = {}] = calls;

async function report(paths: readonly string[], options: FilesOptions = {}): Promise<Report> {
  return auditSource(files(paths, options));
}

const gapCodes = ({ coverage }: Report): string[] => coverage.gaps.map(({ code }) => code);
const figures = ({ sources }: Report): Readonly<Record<string, number>> =>
  sources[0]?.figures ?? {};

describe('what is read', () => {
  it('reads folders, single files and patterns alike, each event once', async () => {
    const folder = folderOf({
      'x/a.json': log(a),
      'x/b.json.gz': log(b),
      'y/c.ndjson': JSON.stringify(c),
    });
    expect((await report([folder])).totals.calls).toBe(3);
    expect((await report([join(folder, 'x/a.json')])).totals.calls).toBe(1);
    expect((await report([join(folder, '*/*.json*')])).totals.calls).toBe(2);
    const overlapping = await report([folder, join(folder, 'x'), join(folder, 'x/*.json')]);
    expect(overlapping.totals.calls).toBe(3);
    expect(overlapping.coverage.complete).toBe(true);
  });

  it('looks into files of unknown name, and leaves what is no log', async () => {
    const folder = folderOf({
      'events.raw': log(a),
      'trail.cloudtrail': log(b),
      noext: gzipSync(log(c)),
      'README.md': '# Notes',
      LICENSE: 'Do as you like.',
      '.hidden.json': log(globalCall()),
    });
    const result = await report([folder]);
    expect(result.totals.calls).toBe(3);
    expect(result.coverage.complete).toBe(true);
    expect(figures(result)['skipped_not_a_log']).toBe(3);
  });

  it('passes over other Regions and digests by their path, and says so', async () => {
    const folder = folderOf({
      [deliveredPath()]: log(a),
      [deliveredPath('eu-west-1')]: log(b),
      [deliveredPath().replaceAll('CloudTrail', 'CloudTrail-Digest')]: '{}',
    });
    const result = await report([folder]);
    expect(result.totals.calls).toBe(1);
    expect(result.coverage.complete).toBe(true);
    expect(figures(result)).toMatchObject({ files: 1, skipped_other_region: 1, skipped_digest: 1 });
    expect(result.sources[0]?.notes.join()).toContain('--all-regions');
    expect((await report([folder], { allRegions: true })).totals.calls).toBe(2);
  });

  it('reads standard input, compressed or not', async () => {
    const stdin = (bytes: Buffer): FilesOptions => ({
      stdin: Readable.from([bytes.subarray(0, 9), bytes.subarray(9)]),
    });
    expect((await report(['-'], stdin(Buffer.from(log(...calls))))).totals.calls).toBe(3);
    expect((await report(['-'], stdin(gzipSync(log(...calls))))).totals.calls).toBe(3);
  });

  it('reads UTF-16 and gzip of several members', async () => {
    const folder = folderOf({
      'a.json': Buffer.from(`\uFEFF${log(a)}`, 'utf16le'),
      'b.json.gz': Buffer.concat([gzipSync(JSON.stringify(b)), gzipSync(`\n${JSON.stringify(c)}`)]),
    });
    expect((await report([folder])).totals.calls).toBe(3);
  });

  it('survives links that lead in a circle', async () => {
    const folder = folderOf({ 'x/a.json': log(a) });
    symlinkSync(folder, join(folder, 'x/up'));
    symlinkSync(join(folder, 'x'), join(folder, 'y'));
    const result = await report([folder]);
    expect(result.totals.calls).toBe(1);
    expect(result.coverage.complete).toBe(true);
  });
});

describe('what cannot be read makes the evidence incomplete and loses nothing else', () => {
  const whole = gzipSync(log(...calls));

  it.each([
    ['truncated.json.gz', whole.subarray(0, -20), 'corrupt'],
    [
      'broken.json.gz',
      Buffer.concat([whole.subarray(0, 30), Buffer.from('garbage'), whole.subarray(37)]),
      'corrupt',
    ],
    ['empty.json', Buffer.alloc(0), 'empty-file'],
    ['empty.json.gz', gzipSync(''), 'empty-file'],
    ['image.json', Buffer.from([0x89, 0x50, 0, 1, 2, 3]), 'unsupported-format'],
    ['package.json', Buffer.from('{"name":"x"}'), 'no-records'],
    ['notes.json', Buffer.from('just words'), 'not-json'],
    ['lake.parquet', Buffer.from('PAR1'), 'unsupported-format'],
    [
      'history.csv',
      Buffer.from(
        'Event ID,Event name,Event time,Event source\n1,AssumeRole,x,sts.amazonaws.com\n',
      ),
      'event-history-csv',
    ],
    [
      'history-of-windows.csv',
      Buffer.from('\uFEFFEvent ID,Event name,Event time,Event source\r\n', 'utf16le'),
      'event-history-csv',
    ],
  ])('%s', async (name, content, code) => {
    const result = await report([folderOf({ 'good.json': log(a), [name]: content })]);
    expect(result.totals.calls).toBeGreaterThanOrEqual(1);
    expect(result.coverage.complete).toBe(false);
    expect(gapCodes(result)).toContain(code);
    expect(result.coverage.gaps[0]?.subject).toContain(name);
  });

  it('loses nothing of a whole gzip that something follows, nor of one with a wrong checksum', async () => {
    const wrong = Buffer.from(whole);
    wrong.writeUInt32LE(0, wrong.length - 8);
    const followed = Buffer.concat([whole, Buffer.from('no gzip at all')]);
    for (const bytes of [wrong, followed]) {
      const folder = folderOf({ 'x.json.gz': bytes });
      const seen = [await report([folder]), await report(['-'], { stdin: Readable.from([bytes]) })];
      expect(seen.map(({ totals }) => totals.calls)).toEqual([3, 3]);
      expect(seen.map(gapCodes)).toEqual([['corrupt'], ['corrupt']]);
    }
  });

  it('does not say of a file that could not be read what it holds', async () => {
    const folder = folderOf({ 'a.json': log(a), 'b.json.gz': Buffer.from([0x1f, 0x8b, 8]) });
    expect(gapCodes(await report([folder]))).toEqual(['corrupt']);
  });

  it('keeps what came before the end of a truncated file', async () => {
    const many = Array.from({ length: 2000 }, (_, index) =>
      globalCall({ requestID: `${index}${Math.random()}` }),
    );
    const cut = gzipSync(log(...many));
    const result = await report([folderOf({ 'cut.json.gz': cut.subarray(0, cut.length / 2) })]);
    expect(result.totals.calls).toBeGreaterThan(500);
    expect(result.coverage.complete).toBe(false);
  });

  it('stops at the limit of a gzip bomb', async () => {
    const bomb = gzipSync(`${log(a)}${' '.repeat(3_000_000)}`);
    const result = await report([folderOf({ 'bomb.json.gz': bomb })], {
      maxInflatedBytes: 1_000_000,
    });
    expect(gapCodes(result)).toContain('too-large');
  });

  it('gives up on gzip that holds gzip without end', async () => {
    const nested = gzipSync(gzipSync(gzipSync(gzipSync(log(a)))));
    expect(gapCodes(await report([folderOf({ 'nested.gz': nested })]))).toContain(
      'unsupported-format',
    );
  });

  it('says when a pattern matches nothing', async () => {
    const folder = folderOf({ 'a.json': log(a) });
    expect(gapCodes(await report([join(folder, '*.gz')]))).toContain('no-match');
  });

  it('does not call an empty folder clean', async () => {
    expect(gapCodes(await report([folderOf({})]))).toEqual(['nothing-assessable']);
  });
});

describe('the report does not depend on', () => {
  const findings = async (
    contents: Readonly<Record<string, string | Buffer>>,
  ): Promise<unknown> => {
    const { sources: _, ...rest } = await report([folderOf(contents)]);
    return rest;
  };

  it('names, order, splitting or compression of files', async () => {
    const one = await findings({ 'all.json': log(a, b, c) });
    expect(await findings({ '1.json.gz': log(c), '2.json': log(b), '0.json': log(a) })).toEqual(
      one,
    );
    expect(await findings({ 'z.json.gz': gzipSync(log(c, b, a), { level: 0 }) })).toEqual(one);
  });
});

it('refuses a path that does not exist before it reads anything', async () => {
  await expect(report(['no/such/folder'])).rejects.toThrow(
    'no such file or folder: no/such/folder',
  );
});

it('tells how far it has come', async () => {
  const folder = folderOf({ 'a.json': log(a), 'b.json': log(b) });
  const steps: Progress[] = [];
  const context = { ...CLOCK, progress: (step: Progress) => void steps.push(step) };
  await audit({ sources: [files([folder])], context });
  expect(steps.map(({ unit, done }) => `${done} ${unit}`)).toEqual(['1 files', '2 files']);
});

it('counts ahead what it is going to read', async () => {
  const folder = folderOf({
    [deliveredPath()]: log(a),
    [deliveredPath('eu-west-1')]: log(b),
    'x.json': log(c),
  });
  const window = { from: null, to: null };
  const selection = { window, allRegions: false, accounts: [] };
  const totals = await countTotals([folder], selection, CLOCK.signal);
  expect(totals?.files).toBe(2);
  expect(totals?.bytes).toBeGreaterThan(log(c).length);
});

it('reads only the accounts asked for, as far as paths name accounts, and says so', async () => {
  const of = (account: string): string => deliveredPath().replaceAll('111122223333', account);
  const folder = folderOf({
    [of('111122223333')]: log(a),
    [of('444455556666')]: log(b),
    'x.json': log(c),
  });
  const chosen = await auditSource(files([folder], { accounts: ['111122223333'] }));
  expect(chosen.totals.calls).toBe(2);
  expect(chosen.sources[0]).toMatchObject({
    figures: { skipped_other_account: 1 },
    notes: [
      'Only logs of 111122223333 were read, as asked for, and 1 log whose path names no account: calls of other accounts in it are in the report.',
    ],
  });
  const named = await auditSource(files([join(folder, 'AWSLogs')], { accounts: ['111122223333'] }));
  expect(named.sources[0]?.notes).toEqual(['Only logs of 111122223333 were read, as asked for.']);
});

describe('what a hostile reader found', () => {
  it('a pattern beside its folder hides nothing, and no file counts twice', async () => {
    const unnamed = globalCall({ eventID: '-' });
    const folder = folderOf({ 'logs/a1.json': log(unnamed), 'logs/b1.json': log(b) });
    symlinkSync(join(folder, 'logs/a1.json'), join(folder, 'logs/link.json'));
    const logs = join(folder, 'logs');
    const operands = [
      [logs],
      [join(logs, 'a*.json'), logs],
      [join(logs, 'a*.json'), join(logs, 'b*.json')],
      [logs, join(logs, 'a1.json'), join(logs, 'a1.json')],
    ];
    for (const paths of operands) {
      const result = await report(paths);
      expect([result.totals.calls, result.coverage.complete]).toEqual([2, true]);
    }
  });

  it('a link to a file counts even if its folder was read for other names', async () => {
    const folder = folderOf({ 'logs/y.json': log(a), 'store/x.json': log(b) });
    symlinkSync('../store/x.json', join(folder, 'logs/x.json'));
    symlinkSync('../store', join(folder, 'logs/store'));
    expect((await report([join(folder, 'logs/*.json')])).totals.calls).toBe(2);
  });

  it('a folder named like a log makes no log of the notes in it', async () => {
    for (const name of ['logs.json', 'trail.gz.unpacked', 'x_CloudTrail_export']) {
      const folder = folderOf({ [`${name}/a.json`]: log(a), [`${name}/NOTES.txt`]: 'My notes.' });
      const { totals, coverage } = await report([folder]);
      expect([totals.calls, coverage.gaps]).toEqual([1, []]);
    }
  });

  it('a pattern that fits a folder stands for all that is in it, and may go up', async () => {
    const folder = folderOf({ 'AWSLogs/x/a.json': log(a), 'other/b.json': log(b) });
    expect((await report([join(folder, 'AWS*')])).totals.calls).toBe(1);
    expect((await report([`${folder}/other/../AWSLogs/*/*.json`])).totals.calls).toBe(1);
  });

  it('a path that leads nowhere is the user’s matter, however it does', async () => {
    const folder = folderOf({ 'a.json': log(a) });
    symlinkSync('loop', join(folder, 'loop'));
    for (const path of ['a.json/', 'a.json/b', 'loop', 'x'.repeat(5000)]) {
      await expect(report([join(folder, path)])).rejects.toThrow(UserError);
    }
    await expect(report([join(folder, 'a.json/')])).rejects.toThrow(/cannot look at .*ENOTDIR/);
    await expect(report([join(folder, 'loop')])).rejects.toThrow(/cannot look at .*ELOOP/);
  });

  it('a stamp in the name of another program’s file is no time of delivery', async () => {
    const folder = folderOf({ 'sts-export_20240101T0000Z.json': log(a) });
    const window = { from: Date.UTC(2026, 0, 1) / 1000, to: null };
    expect((await auditSource(files([folder]), window)).totals.calls).toBe(1);
  });

  it('reads a log of unknown name that has lost its beginning, and says so', async () => {
    const folder = folderOf({ events: log(globalCall(), globalCall()).slice(200) });
    const { totals, coverage } = await report([folder]);
    expect(totals.calls).toBe(1);
    expect(coverage.gaps.map(({ code }) => code)).toEqual(['not-json']);
  });

  it('damage inside wrappers is damage', async () => {
    const events = {
      logEvents: [{ message: JSON.stringify(b).slice(0, 300) }, { message: 'fine' }],
    };
    const folder = folderOf({ 'a.json': log(a), 'cut.json': JSON.stringify(events) });
    expect((await report([folder])).coverage.complete).toBe(false);
  });

  it('damage between the records of an uncompressed file is damage', async () => {
    const text = Buffer.from(log(regionalCall(), a, regionalCall()));
    text.fill(0, 20, 400);
    const result = await report([folderOf({ 'a.json': text })]);
    expect(result.coverage.complete).toBe(false);
  });

  it('blank files, strings and notifications of other services are no logs', async () => {
    const kinesis = {
      Records: [{ eventVersion: '1.0', eventSource: 'aws:kinesis', eventName: 'x' }],
    };
    for (const content of ['\n\n', '"x"', JSON.stringify(kinesis)]) {
      const result = await report([folderOf({ 'a.json': log(a), 'b.json.gz': content })]);
      expect(gapCodes(result)).toEqual(['no-records']);
    }
  });

  it('an empty operand is a path that does not exist', async () => {
    await expect(report([''])).rejects.toThrow('no such file or folder');
  });
});

describe('numbers', () => {
  it.each([Number.NaN, 0, -1, 1.5])('refuses %s threads instead of reading nothing', (threads) => {
    expect(() => files(['.'], { threads })).toThrow('threads must be a whole number');
  });
});
