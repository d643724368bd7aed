/**
 * An account that has nothing to do with STS any more: its log files, day by day, say that its
 * callers are gone. The real source reads real files, as CloudTrail names them.
 */
import { describe, expect, it } from 'vitest';
import { audit } from '../../src/audit.js';
import { compareWith } from '../../src/report/baseline/compare.js';
import { merge } from '../../src/report/merge/merge.js';
import { type Report, reportSchema } from '../../src/report/schema.js';
import { files } from '../../src/sources/files/index.js';
import { CLOCK } from '../support/audit.js';
import { reportOf } from '../support/callers.js';
import { folderOf, log } from '../support/folder.js';
import { ACCOUNT, type Json, regionalCall } from '../support/records.js';

const SILENT = '444455556666';
const WEEK = [12, 13, 14, 15, 16, 17, 18];

function delivered(account: string, day: number, region = 'us-east-1', minute = '0005'): string {
  const name = `${account}_CloudTrail_${region}_202601${day}T${minute}Z_aaaaaaaaaaaaaaaa.json.gz`;
  return `AWSLogs/${account}/CloudTrail/${region}/2026/01/${day}/${name}`;
}

/** A log without STS events. */
const OTHER_EVENTS = log(otherEvent({ recipientAccountId: SILENT }));

function otherEvent(changes: Json): Json {
  return regionalCall({ eventSource: 's3.amazonaws.com', eventName: 'GetObject', ...changes });
}

const STS_AT_ENDS = log(
  ...[12, 18].map((day) =>
    regionalCall({ eventTime: `2026-01-${day}T00:01:00Z`, recipientAccountId: SILENT }),
  ),
);

/** Of one account that calls STS until the end, and one that has the given log files. */
async function weekWith(silent: readonly string[], days: readonly number[] = WEEK, content = OTHER_EVENTS): Promise<Report> {
  const busy = days.map((day): [string, string] => [
    delivered(ACCOUNT, day, 'us-east-1', '2355'),
    log(...[0, 23].map((hour) => regionalCall({ eventTime: `2026-01-${day}T${String(hour).padStart(2, '0')}:30:00Z` }))),
  ]);
  const rest = silent.map((path): [string, string] => [path, content]);
  const folder = folderOf(Object.fromEntries([...busy, ...rest]));
  const [first = 0] = days;
  const window = {
    from: Date.UTC(2026, 0, first) / 1000,
    to: Date.UTC(2026, 0, (days.at(-1) ?? 0) + 1) / 1000,
  };
  const source = files([folder], { allRegions: true });
  const report = await audit({ sources: [source], window, context: CLOCK });
  return reportSchema.parse(JSON.parse(JSON.stringify(report)));
} // prettier-ignore

async function verdictOn(later: Report): Promise<{ status: string; because: string } | undefined> {
  const baseline = await reportOf([{ role: 'caller', account: SILENT }]);
  return compareWith(later, baseline).history?.[0];
}

describe('an account without STS events', () => {
  it('has its delivered log files stated in the report', async () => {
    const report = await weekWith([delivered(SILENT, 14), delivered(SILENT, 17), delivered(SILENT, 17, 'eu-west-1')]);
    expect(report.sources[0]?.deliveries).toEqual([
      { accountId: ACCOUNT, region: 'us-east-1', files: 7, first: '2026-01-12T23:55:00Z', last: '2026-01-18T23:55:00Z', longestPauseDays: 0 },
      { accountId: SILENT, region: 'eu-west-1', files: 1, first: '2026-01-17T00:05:00Z', last: '2026-01-17T00:05:00Z', longestPauseDays: 0 },
      { accountId: SILENT, region: 'us-east-1', files: 2, first: '2026-01-14T00:05:00Z', last: '2026-01-17T00:05:00Z', longestPauseDays: 2 },
    ]);
  }); // prettier-ignore

  it('has lost its callers when log files came every day', async () => {
    const verdict = await verdictOn(await weekWith(WEEK.map((day) => delivered(SILENT, day))));
    expect(verdict).toMatchObject({
      status: 'gone',
      because:
        'No call for 7 days in complete evidence. The account has no STS event at all in it, but log files on every day (7), which would hold one if its trail logs management events that read.',
    });
  });

  it.each([
    ['came on some days only', WEEK.filter((day) => day !== 15).map((day) => delivered(SILENT, day)), 'on a day no log of the account was seen'],
    ['stopped coming', [12, 13, 14].map((day) => delivered(SILENT, day)), 'the evidence of the account ends on 2026-01-14'],
    ['are of another Region', WEEK.map((day) => delivered(SILENT, day, 'eu-west-1')), 'no STS event of the account was seen'],
  ])('proves nothing when its log files %s', async (_, paths, because) => {
    const verdict = await verdictOn(await weekWith(paths));
    expect(verdict).toMatchObject({ status: 'unconfirmed', because: expect.stringContaining(because) });
  }); // prettier-ignore

  it.each([
    [
      'data events',
      log(
        otherEvent({
          recipientAccountId: SILENT,
          managementEvent: false,
          eventCategory: 'Data',
        }),
      ),
    ],
    [
      'events that write',
      log(otherEvent({ recipientAccountId: SILENT, eventName: 'CreateBucket', readOnly: false })),
    ],
    ['no events', '{"Records":[]}'],
  ])('is not vouched for by log files of %s', async (_, content) => {
    const verdict = await verdictOn(
      await weekWith(
        WEEK.map((day) => delivered(SILENT, day)),
        WEEK,
        content,
      ),
    );
    expect(verdict).toMatchObject({
      status: 'unconfirmed',
      because: 'Not seen, but no STS event of the account was seen.',
    });
  });

  it.each(['.json.gz', '.json'])(
    'is not vouched for by files of its name (%s) that hold records of another',
    async (ending) => {
      const paths = WEEK.map((day) => delivered(SILENT, day).replace('.json.gz', ending));
      const report = await weekWith(paths, WEEK, log(otherEvent({ recipientAccountId: ACCOUNT })));
      expect(await verdictOn(report)).toMatchObject({
        status: 'unconfirmed',
        because: 'Not seen, but no log of the account was seen.',
      });
      expect(report.sources[0]).toMatchObject({
        accounts: [ACCOUNT],
        notes: [expect.stringMatching(/^Named for an account .*: 7 log files \(.*20260112T0005Z/)],
      });
      const mixed = log(
        otherEvent({ recipientAccountId: ACCOUNT }),
        otherEvent({ recipientAccountId: SILENT }),
      );
      expect(await verdictOn(await weekWith(paths, WEEK, mixed))).toMatchObject({ status: 'gone' });
    },
  );

  it('is not vouched for by what only bears the name of a log', async () => {
    const digest = JSON.stringify({ digestPublicKeyFingerprint: 'x', digestStartTime: '2026-01-12T00:00:00Z', logFiles: [] });
    const verdict = await verdictOn(await weekWith(WEEK.map((day) => delivered(SILENT, day)), WEEK, digest));
    expect(verdict).toMatchObject({ status: 'unconfirmed', because: 'Not seen, but no log of the account was seen.' });
  }); // prettier-ignore

  it('is silent only since its log files began to come', async () => {
    const verdict = await verdictOn(await weekWith([16, 17, 18].map((day) => delivered(SILENT, day)))); // prettier-ignore
    expect(verdict).toMatchObject({ status: 'quiet' });
  });

  it('is judged alike by the merged reports of the parts of a week', async () => {
    const silent = (days: readonly number[]): string[] => days.map((day) => delivered(SILENT, day));
    const parts = async (first: readonly number[]): Promise<Report> =>
      merge([
        await weekWith(silent(first), [12, 13, 14]),
        await weekWith(silent([15, 16, 17, 18]), [15, 16, 17, 18]),
      ]);
    expect(await verdictOn(await parts([12, 13, 14]))).toMatchObject({ status: 'gone' });
    expect(await verdictOn(await parts([12, 14]))).toMatchObject({ status: 'quiet' });
    expect(await verdictOn(await parts([12, 13]))).toMatchObject({ status: 'quiet' });
  });
});

describe('an account with STS events', () => {
  /** An STS event in the first and in the last log of the account. */
  const ends = (): Promise<Report> =>
    weekWith(
      [12, 18].map((day) => delivered(SILENT, day)),
      WEEK,
      STS_AT_ENDS,
    );

  it('has not lost its callers while logs of days between are missing', async () => {
    const report = await ends();
    expect(report.coverage.accounts.find(({ accountId }) => accountId === SILENT)).toMatchObject({
      firstEvent: '2026-01-12T00:01:00Z',
      lastEvent: '2026-01-18T00:01:00Z',
    });
    expect(await verdictOn(report)).toMatchObject({
      status: 'unconfirmed',
      because: 'Not seen, but on 5 days in a row no log of the account was seen.',
    });
  });

  it('is not vouched for by its STS events of another Region', async () => {
    const paths = [
      delivered(SILENT, 12),
      ...WEEK.map((day) => delivered(SILENT, day, 'eu-west-1')),
    ];
    expect(await verdictOn(await weekWith(paths, WEEK, STS_AT_ENDS))).toMatchObject({
      status: 'unconfirmed',
      because: expect.stringContaining('the evidence of the account ends on 2026-01-12'),
    });
  });

  it('has lost its callers when its log files came every day', async () => {
    const paths = WEEK.map((day) => delivered(SILENT, day));
    expect(await verdictOn(await weekWith(paths, WEEK, STS_AT_ENDS))).toMatchObject({
      status: 'gone',
    });
  });
});

describe('an account of several', () => {
  it('is not vouched for by the Regions of the others', async () => {
    const report = await weekWith(WEEK.map((day) => delivered(SILENT, day, 'eu-west-1')));
    const events = { accountId: SILENT, stsEvents: 2, assessable: 2, notAssessable: 0, notAssessableByAwsServices: 0, firstEvent: '2026-01-12T00:00:00Z', lastEvent: '2026-01-18T23:00:00Z' };
    const coverage = { ...report.coverage, accounts: [...report.coverage.accounts, events] };
    expect(await verdictOn({ ...report, coverage })).toMatchObject({
      status: 'unconfirmed',
      because: 'Not seen, but no log of us-east-1 was read.',
    });
  }); // prettier-ignore
});
