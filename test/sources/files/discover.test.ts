import { closeSync, mkdirSync, openSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { discover } from '../../../src/sources/files/discover.js';
import { files } from '../../../src/sources/files/index.js';
import type { Report } from '../../../src/report/schema.js';
import { auditSource } from '../../support/audit.js';
import { scratch } from '../../support/cli.js';
import { deliveredPath, folderOf, log } from '../../support/folder.js';
import { globalCall } from '../../support/records.js';

const [a, b, c] = [globalCall(), globalCall(), globalCall()];

const report = async (paths: readonly string[]): Promise<Report> => auditSource(files(paths));
const gapCodes = ({ coverage }: Report): string[] => coverage.gaps.map(({ code }) => code);

it('trouble with what nobody asked for does not count', async () => {
  const folder = folderOf({ 'C1/a.json': log(a), 'C2/a.json': log(b), 'C2/.b.json': log(c) });
  for (const name of ['C1/lock', 'C2/zzz', 'C2/.#a.json'])
    symlinkSync('nowhere', join(folder, name));
  for (const pattern of ['C2/a*.json', 'C?/a.json', 'C2/{a,b}.json', 'C*/[!z]*.json']) {
    const { coverage } = await report([join(folder, pattern)]);
    expect([pattern, coverage.gaps]).toEqual([pattern, []]);
  }
  expect(gapCodes(await report([join(folder, 'C?')]))).toEqual(['unreadable', 'unreadable']);
  expect(gapCodes(await report([join(folder, 'C2/z*')]))).toContain('unreadable');
});

it('a hidden link that leads nowhere, such as an editor leaves, is passed over', async () => {
  const folder = folderOf({ 'a.json': log(a) });
  symlinkSync('user@host.123', join(folder, '.#a.json'));
  expect((await report([folder])).coverage.complete).toBe(true);
});

it('a pattern takes names that are there, and parentheses, as they stand', async () => {
  const folder = folderOf({
    'logs (1)/a.json': log(a),
    '{c}/a.json': log(b),
    '!x/a.json': log(c),
  });
  for (const pattern of ['logs (1)/*.json', '{c}/*.json', '* (1)/*.json', '!*/a.json']) {
    const { totals, coverage } = await report([join(folder, pattern)]);
    expect([pattern, totals.calls, coverage.gaps]).toEqual([pattern, 1, []]);
  }
  expect((await report([join(folder, '{logs (1),!x}/a.json')])).totals.calls).toBe(2);
  await expect(report([join(folder, '{d}/*.json')])).rejects.toThrow('no such file or folder');
});

it('a pattern whose logs were all passed over says so', async () => {
  const folder = folderOf({ [deliveredPath('eu-west-1')]: log(a), 'x.json': log(b) });
  const { coverage } = await report([join(folder, '**/*eu-west-1*.gz')]);
  expect(coverage.gaps[0]).toMatchObject({
    code: 'no-match',
    message: 'The pattern matches no log that was to be read; passed over: other-region.',
  });
});

it('each file counts once, whatever operands and links lead to it', async () => {
  const [one, two, three] = [1, 2, 3].map(() => globalCall({ eventID: '-' }));
  const folder = folderOf({
    'a/x.json': log(one ?? {}),
    'b/y.json': log(two ?? {}),
    'c/z.json': log(three ?? {}),
  });
  symlinkSync('../b', join(folder, 'a/b'));
  symlinkSync('../c/z.json', join(folder, 'b/link.json'));
  const names = ['a', 'b', 'c', 'b/link.json', 'c/z.json', '*/y.json', 'a/*'];
  for (const first of names) {
    for (const second of names) {
      const paths = [first, second, 'a', 'b', 'c'].map((name) => join(folder, name));
      const { totals, coverage } = await report(paths);
      expect([first, second, totals.calls, coverage.gaps]).toEqual([first, second, 3, []]);
    }
  }
});

it('a pattern finds what a link brings to its place, however else its folder was met', async () => {
  const unnamed = globalCall({ eventID: '-' });
  const folder = folderOf({ 'p/a.json': log(unnamed), 'q/x/a.json': log(b) });
  symlinkSync('../p', join(folder, 'q/r'));
  symlinkSync('..', join(folder, 'q/up'));
  for (const pattern of ['*/*/a.json', 'q/*/a.json', '**/a.json']) {
    const { totals, coverage } = await report([join(folder, pattern)]);
    expect([pattern, totals.calls, coverage.gaps]).toEqual([pattern, 2, []]);
  }
});

it('a file that is named is read even where its folder passes it over', async () => {
  const other = deliveredPath('eu-west-1');
  const folder = folderOf({ [deliveredPath()]: log(a), [other]: log(b), '.c.json': log(c) });
  const paths = [folder, join(folder, other), join(folder, '.c.json')];
  expect((await report(paths)).totals.calls).toBe(3);
});

/** What is live, in bytes. */
function liveHeap(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

it('remembers folders, not files, however many operands there are', () => {
  const root = scratch();
  const long = (name: string): string => name.padEnd(240, '-');
  const folders = 'abcdefghij'
    .split('')
    .map((name) => join(root, long(name), long('x'), long('y')));
  for (const folder of folders) {
    mkdirSync(folder, { recursive: true });
    for (let number = 0; number < 500; number += 1) {
      closeSync(openSync(join(folder, `${long(String(number))}.json`), 'w'));
    }
  }
  const window = { from: null, to: null };
  const selection = { window, allRegions: true, accounts: [] };
  const discovery = { selection, skipped: () => undefined, gap: () => undefined };
  let count = 0;
  const heaps: number[] = [];
  for (const _ of discover(folders, discovery)) {
    count += 1;
    if (count % 500 === 0) heaps.push(liveHeap());
  }
  expect(count).toBe(5000);
  // The paths of 4000 files would be four megabytes.
  expect((heaps.at(-1) ?? 0) - (heaps[1] ?? 0)).toBeLessThan(2_000_000);
});
