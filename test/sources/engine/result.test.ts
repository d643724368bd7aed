import { describe, expect, it } from 'vitest';
import type { Coverage } from '../../../src/contracts.js';
import { CoverageNotes } from '../../../src/sources/coverage.js';
import { batchesOfPages } from '../../../src/sources/engine/result.js';
import type { TextRow } from '../../../src/sources/engine/row.js';

const CALL = {
  eventName: 'AssumeRole',
  recipientAccountId: '111111111111',
  userAgent: 'aws-sdk-go/1.40.0',
  'tlsDetails.clientProvidedHostHeader': 'sts.amazonaws.com',
  'userIdentity.type': 'IAMUser',
};

function row(values: TextRow): TextRow {
  return {
    account: '111111111111',
    evidence: 'assessable',
    call: JSON.stringify(CALL),
    events: '2',
    lost_calls: '0',
    calls: '2',
    first_event: '1782900000',
    last_event: '1782900001',
    longest_session: null,
    days: '[[1782900000,1782900001,2]]',
    callers: '[["arn:aws:iam::111111111111:user/eve","AIDAEXAMPLE","eve","2"]]',
    source_addresses: '[]',
    requested_sessions: '[]',
    target_roles: '[]',
    issued_to: '[]',
    rows_total: '1',
    ...values,
  };
}

async function read(values: TextRow): Promise<{ calls: number; coverage: Coverage }> {
  return readAll([row(values)]);
}

async function readAll(rows: readonly TextRow[]): Promise<{ calls: number; coverage: Coverage }> {
  const coverage = new CoverageNotes('athena', []);
  let calls = 0;
  const page = async function* (): AsyncGenerator<readonly TextRow[], void> {
    yield rows;
  };
  for await (const { hits } of batchesOfPages(page(), 'the query', coverage)) {
    calls += hits.reduce((sum, { count }) => sum + count, 0);
  }
  return { calls, coverage: coverage.result(false) };
}

describe('calls of a row', () => {
  it('are those of its days', async () => {
    expect(await read({})).toMatchObject({ calls: 2, coverage: { gaps: [] } });
  });

  it('may be none, where the copy that another account logged counts', async () => {
    const { calls, coverage } = await read({ calls: '0', days: null });
    expect([calls, coverage.gaps]).toEqual([0, []]);
  });

  it.each([null, 'null', '[]', '[[1782900000,1782900001,1]]'])(
    'do not vanish with days that come as %j',
    async (days) => {
      const { coverage } = await read({ days });
      expect(coverage.gaps).toMatchObject([{ code: 'days-missing', message: expect.stringContaining('counted 2 calls') }]); // prettier-ignore
    },
  );
});

describe('a result', () => {
  const NOTHING = Object.fromEntries(Object.keys(row({})).map((name) => [name, null]));

  it('that is empty has a row that says so', async () => {
    const { coverage } = await readAll([{ ...NOTHING, rows_total: '0' }]);
    expect(coverage).toMatchObject({ gaps: [], figures: { rows: 0 } });
    expect((await readAll([{ rows_total: '0' }])).coverage.gaps).toEqual([]);
  });

  it('that comes without a single row is not taken for an empty one', async () => {
    const { coverage } = await readAll([]);
    expect(coverage.gaps).toEqual([{ code: 'rows-missing', subject: 'the query', message: 'Rows are missing: an empty result has one, and none came.' }]); // prettier-ignore
  });

  it('cannot be both', async () => {
    const both = [row({}), { ...NOTHING, rows_total: '0' }];
    for (const rows of [both, both.toReversed()]) {
      expect((await readAll(rows)).coverage.gaps).toMatchObject([{ code: 'rows-missing' }]);
    }
  });
});
