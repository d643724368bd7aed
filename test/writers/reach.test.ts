import { expect, it } from 'vitest';
import type { Window } from '../../src/contracts.js';
import { text } from '../../src/writers/text.js';
import { files } from '../../src/sources/files/index.js';
import { auditRecords, auditSource } from '../support/audit.js';
import { deliveredPath, folderOf, log } from '../support/folder.js';
import { globalCall } from '../support/records.js';

const day = (number: number): number => Date.UTC(2026, 0, number) / 1000;

async function summary(window: Window): Promise<string> {
  const times = ['2026-01-05T10:00:00Z', '2026-01-08T10:00:00Z'];
  return text.render(
    await auditRecords(
      times.map((eventTime) => globalCall({ eventTime })),
      window,
    ),
  );
}

it('says when no event was seen of days at the beginning or end of the window', async () => {
  const short = await summary({ from: day(1), to: day(12) });
  expect(short).toContain('The first STS event is of 2026-01-05 10:00, 4 days into the window');
  expect(short).toContain(
    'The last STS event is of 2026-01-08 10:00, 3 days before the window ends',
  );
});

it('says nothing when the events reach from one end to the other, or the window has no end', async () => {
  expect(await summary({ from: day(5), to: day(9) })).not.toMatch(
    /into the window|before the window/,
  );
  expect(await summary({ from: null, to: null })).not.toMatch(/into the window|before the window/);
});

it('says that evidence is old when no window asks for the past', async () => {
  const old = await auditRecords([globalCall({ eventTime: '2023-07-10T12:00:00Z' })]);
  expect(text.render(old)).toContain('The last STS event is of 2023-07-10 12:00, 936 days before');
  const recent = await auditRecords([globalCall({ eventTime: '2026-01-10T12:00:00Z' })]);
  expect(text.render(recent)).not.toContain('before this report was made');
});

it('says on how many days in a row no log of an account was seen', async () => {
  const on = (...days: string[]): Record<string, string> =>
    Object.fromEntries(days.map((date) => [deliveredPath('us-east-1', date), log(globalCall())]));
  const summaryOf = async (...days: string[]): Promise<string> =>
    text.render(await auditSource(files([folderOf(on(...days))])));
  expect(await summaryOf('2026/01/10', '2026/01/11', '2026/01/15')).toContain(
    'On 3 days in a row no log of account 111122223333 was seen: either',
  );
  expect(await summaryOf('2026/01/10', '2026/01/11')).not.toContain('in a row');
});
