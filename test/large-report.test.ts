import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { readLargeReport } from '../src/large-report.js';
import { json } from '../src/writers/json.js';
import { annotatedReport } from './support/annotated.js';
import { reportOf } from './support/callers.js';

it('reads line by line what the JSON writer wrote', async () => {
  for (const report of [await annotatedReport(), await reportOf([])]) {
    const text = json.render(report);
    expect(await readLargeReport(Readable.from([text]))).toEqual(JSON.parse(text));
  }
});

it('refuses other layouts in one line', async () => {
  const text = JSON.stringify(await reportOf([{ role: 'x' }]), null, 2);
  await expect(readLargeReport(Readable.from([text]))).rejects.toThrow(/so large a report/);
});

it('refuses what has a line that no string can hold', async () => {
  const blanks = ' '.repeat(1 << 20);
  const endless = Readable.from(
    (function* () {
      for (;;) yield blanks;
    })(),
  );
  await expect(readLargeReport(endless)).rejects.toThrow(/a line of it is too long/);
});

it('reads lines wherever the pieces are cut, and as Windows ends them', async () => {
  const text = json.render(await reportOf([{ role: 'x' }, { role: 'y' }]));
  const pieces = text.replaceAll('\n', '\r\n').match(/[^]{1,7}/g) ?? [];
  expect(await readLargeReport(Readable.from(pieces))).toEqual(JSON.parse(text));
});
