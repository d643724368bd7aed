import { expect, it } from 'vitest';
import { progressLine } from '../src/progress-bar.js';

const step = { source: 'files', unit: 'files', done: 1200, bytes: 3e9 } as const;

it('shows what is done and how fast while the total is not known', () => {
  expect(progressLine({ ...step, total: null, totalBytes: null }, 10)).toBe(
    'files 1,200 files · 3.0 GB · 300 MB/s',
  );
});

it('shows the share and the time left when the total is known', () => {
  const line = progressLine({ ...step, total: 4800, totalBytes: 12e9 }, 60);
  expect(line).toBe(
    'files █████░░░░░░░░░░░░░░░ 1,200 of 4,800 files · 3.0 GB · 50.0 MB/s · 03:00 left',
  );
});
