import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { stubAws } from '../../support/aws/context.js';
import { COLUMNS } from '../../support/aws/fake-athena.js';
import { DENIED, EXPIRED, type Fault, json, jsonError } from '../../support/aws/loopback.js';
import { calls, closeServers, codes, type Outcome, records, run } from './run.js';

beforeEach(stubAws);
afterEach(closeServers);

describe('the table', () => {
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(COLUMNS).filter(([name]) => !names.includes(name)));

  it('that lacks tlsdetails cannot answer, and is told so', async () => {
    await expect(run({ columns: without('tlsdetails') })).rejects.toMatchObject({
      message: 'the table audit.cloudtrail lacks tlsdetails, so it cannot show the endpoint; tables made before 2023 often do', // prettier-ignore
      hint: 'legacy-endpoint-audit query athena --ddl prints a table that suits',
    });
  });

  it('that lacks another column is told which', async () => {
    await expect(run({ columns: without('errormessage') })).rejects.toThrow('lacks errormessage');
  });

  it('that opened JSON columns into structs is told so', async () => {
    const columns = { ...COLUMNS, requestparameters: 'struct<rolearn:string>' };
    await expect(run({ columns })).rejects.toThrow('the column requestparameters of audit.cloudtrail is not text that holds JSON'); // prettier-ignore
  });

  it('that lacks optional columns answers, and the report says what is lost', async () => {
    const { report, server } = await run({ columns: without('sharedeventid', 'vpcendpointid') });
    expect(server.queries[0]?.text).toContain('CAST(NULL AS varchar) AS vpc_endpoint_id');
    expect(report.sources[0]?.notes.join()).toContain('The table has no sharedeventid: calls across accounts count in both.'); // prettier-ignore
  });

  it('that does not exist', async () => {
    await expect(run({}, { table: 'audit.trial' })).rejects.toMatchObject({ message: 'no such table: audit.trial' }); // prettier-ignore
  });

  it('that wants to be told accounts, and is not', async () => {
    const properties = { 'projection.account.type': 'injected' };
    await expect(run({ properties })).rejects.toMatchObject({ hint: 'name each with --account' });
  });

  it('that is not partitioned is read, and that is said', async () => {
    const { report } = await run({ partitions: {} });
    expect(report.sources[0]?.notes).toEqual(expect.arrayContaining(['The table is not partitioned by Region: logs of all Regions were scanned.', 'The table is not partitioned by day: all of it was scanned.'])); // prettier-ignore
  });

  it('that projects too few days leaves a gap', async () => {
    const properties = { 'projection.enabled': 'true', 'projection.timestamp.format': 'yyyy/MM/dd', 'projection.timestamp.range': '2026/07/03,NOW' }; // prettier-ignore
    const { report } = await run({ properties });
    expect(report.coverage.gaps).toMatchObject([{ code: 'partitions-missing', subject: 'audit.cloudtrail', message: expect.stringContaining('nothing before that day') }]); // prettier-ignore
  });

  it('read in part says so', async () => {
    const { report } = await run({}, { accounts: ['111111111111'] });
    expect(report.sources[0]?.notes.join()).toContain('Only the accounts 111111111111 were read.');
  });
});

describe('a result of half a window', () => {
  const tooLarge = { State: 'FAILED', AthenaError: { ErrorCategory: 1, ErrorType: 3, ErrorMessage: 'exhausted' } }; // prettier-ignore
  const lies: Readonly<Record<string, (rows: readonly unknown[]) => readonly unknown[]>> = {
    'nothing at all': () => [],
    'its row of names alone': (rows) => rows.slice(0, 1),
    'a row too few': (rows) => rows.slice(0, -1),
  };
  for (const [name, lie] of Object.entries(lies)) {
    it(`that comes as ${name} is not taken for all of it`, async () => {
      let read = 0;
      const fault: Fault = async ({ operation }, _, serve) => {
        if (operation !== 'GetQueryResults') return null;
        read += 1;
        if (read !== 2) return null;
        const answer = JSON.parse(String((await serve()).body)) as {
          ResultSet: { Rows: unknown[] };
        };
        return json({ ResultSet: { ...answer.ResultSet, Rows: lie(answer.ResultSet.Rows) } });
      };
      const ending = (number: number) => (number === 1 ? tooLarge : null);
      const { report } = await run({ ending }, {}, fault);
      expect(codes(report)).toEqual(['rows-missing']);
    });
  }

  it('in which nothing happened is empty, and complete', async () => {
    const [first = {}] = records;
    const ending = (number: number) => (number === 1 ? tooLarge : null);
    const { report, server } = await run({ ending, records: [first] });
    expect(server.queries).toHaveLength(3);
    expect(report.coverage.gaps).toEqual([]);
  });
});

describe('the workgroup', () => {
  const workgroup = (Configuration: object, more = {}) => ({
    workgroup: { Configuration, ...more },
  });
  const LOCATION = { ResultConfiguration: { OutputLocation: 's3://results/' } };
  const sent = ({ server }: Outcome): unknown => server.queries[0]?.input['ResultConfiguration'];

  it('that keeps results itself gets no location', async () => {
    const managed = workgroup({ ManagedQueryResultsConfiguration: { Enabled: true } });
    expect(sent(await run(managed))).toBeUndefined();
    await expect(run(managed, { outputLocation: 's3://mine/' })).rejects.toThrow('the workgroup primary keeps results itself, whatever --output-location says'); // prettier-ignore
  });

  it('that enforces its own settings is not contradicted', async () => {
    const enforced = workgroup({ ...LOCATION, EnforceWorkGroupConfiguration: true });
    expect(sent(await run(enforced))).toBeUndefined();
    await expect(run(enforced, { outputLocation: 's3://mine/' })).rejects.toThrow('writes results to s3://results/'); // prettier-ignore
  });

  it('that says no location needs one', async () => {
    await expect(run(workgroup({}))).rejects.toMatchObject({ message: 'the workgroup primary does not say where results go', hint: expect.stringContaining('--output-location') }); // prettier-ignore
    expect(sent(await run(workgroup({}), { outputLocation: 's3://mine/' }))).toEqual({ OutputLocation: 's3://mine/' }); // prettier-ignore
  });

  it('that is disabled', async () => {
    await expect(run(workgroup(LOCATION, { State: 'DISABLED' }))).rejects.toThrow('is disabled');
  });

  it('that may not be looked up is used all the same', async () => {
    const { report } = await run({}, {}, ({ operation }) => operation === 'GetWorkGroup' ? DENIED : null); // prettier-ignore
    expect(report.coverage.complete).toBe(true);
    expect(report.sources[0]?.notes.join()).toContain('athena:GetWorkGroup');
  });

  it('whose results belong to somebody else', async () => {
    const refusal = jsonError(
      'InvalidRequestException',
      'Unable to verify/create output bucket other',
    );
    const foreign = run({}, { outputLocation: 's3://other/' }, ({ operation }) => operation === 'StartQueryExecution' ? refusal : null); // prettier-ignore
    await expect(foreign).rejects.toThrow('Unable to verify/create output bucket other');
  });
});

describe('a query that ends without a result', () => {
  const failed = (AthenaError: object) => ({ State: 'FAILED', AthenaError });

  it('for want of resources is asked for half the time', async () => {
    for (const ErrorType of [1, 206, 210]) {
      const ending = (number: number) =>
        number === 1 ? failed({ ErrorCategory: 1, ErrorType }) : null;
      const { report, server } = await run({ ending });
      expect(server.queries).toHaveLength(3);
      expect(report.totals.calls).toBe(await calls());
      expect(report.coverage.complete).toBe(true);
    }
  });

  it('that always wants too much is a gap', async () => {
    const { report } = await run({ ending: () => failed({ ErrorCategory: 1, ErrorType: 1, ErrorMessage: 'exhausted' }) }); // prettier-ignore
    expect(report.coverage.gaps[0]).toMatchObject({ code: 'query-failed', message: expect.stringContaining('exhausted; ask for shorter windows') }); // prettier-ignore
  });

  it('and may be asked again as it is', async () => {
    const ending = (number: number) => (number < 3 ? failed({ ErrorCategory: 1, ErrorType: 1403, Retryable: true }) : null); // prettier-ignore
    const { report, server } = await run({ ending });
    expect(server.queries).toHaveLength(3);
    expect(report.coverage.complete).toBe(true);
  });

  it('but not for ever', async () => {
    const { report, server } = await run({ ending: () => failed({ ErrorCategory: 1, ErrorType: 1403, Retryable: true }) }); // prettier-ignore
    expect(server.queries).toHaveLength(3);
    expect(codes(report)).toContain('query-failed');
  });

  it('because of its user', async () => {
    const ending = () => failed({ ErrorCategory: 2, ErrorType: 1501, ErrorMessage: 'Access denied when writing to s3://results/' }); // prettier-ignore
    await expect(run({ ending })).rejects.toThrow('Access denied when writing to s3://results/');
  });

  it('because somebody else stopped it', async () => {
    const { report } = await run({ ending: () => ({ State: 'CANCELLED', StateChangeReason: 'Query cancelled by user' }) }); // prettier-ignore
    expect(report.coverage.gaps[0]?.message).toBe('the query ended as CANCELLED: Query cancelled by user.'); // prettier-ignore
  });

  it('at the limit of its workgroup', async () => {
    const { report } = await run({ ending: () => ({ State: 'CANCELLED', StateChangeReason: 'Query cancelled! : Bytes scanned limit was exceeded' }) }); // prettier-ignore
    expect(codes(report)).toContain('scan-limit');
  });
});

describe('results', () => {
  it('are the same with and without the row of names', async () => {
    const [first, second] = [await run({ page: 3 }), await run({ page: 3, withoutHeader: true })];
    expect(second.report.findings).toEqual(first.report.findings);
    expect(second.report.coverage.complete).toBe(true);
  });

  it('are read in pages of 1,000', async () => {
    const { server } = await run();
    const asked = server.received.filter(({ operation }) => operation === 'GetQueryResults');
    expect(asked.map(({ body }) => (JSON.parse(body) as { MaxResults: number }).MaxResults)).toEqual([1000]); // prettier-ignore
  });

  it('of a start whose answer was lost are not paid for twice', async () => {
    const { server } = await run({}, {}, async ({ operation }, number, serve) => operation === 'StartQueryExecution' && number < 4 ? { ...(await serve()), loss: 'at once' } : null); // prettier-ignore
    expect(server.queries).toHaveLength(1);
    expect(server.count('StartQueryExecution')).toBeGreaterThan(1);
  });

  it('come with what was scanned and about what it costs', async () => {
    const { report } = await run({ bytes: 2 ** 40 });
    expect(report.sources[0]?.figures).toMatchObject({ bytes_scanned: 2 ** 40, queries: 1 });
    expect(report.sources[0]?.notes.join()).toContain('1024.00 GB were scanned, which costs about $5.00'); // prettier-ignore
  });

  it('of a long query are waited for at a growing distance', async () => {
    const { context } = await run({ polls: 40 });
    expect(context.sleeps.slice(0, 3)).toEqual([500, 750, 1125]);
    expect(Math.max(...context.sleeps)).toBe(5000);
  });
});

describe('once a query was started', () => {
  for (const [trouble, code] of [
    [EXPIRED, 'credentials-expired'],
    [DENIED, 'access-denied'],
  ] as const) {
    // prettier-ignore
    for (const operation of ['GetQueryExecution', 'GetQueryResults']) {
      it(`${code} at ${operation} is a gap`, async () => {
        const { report, server } = await run({}, {}, (asked) => asked.operation === operation || asked.operation === 'StopQueryExecution' ? trouble : null); // prettier-ignore
        expect(codes(report)).toContain(code);
        expect(server.queries).toHaveLength(1);
        const notes = report.sources[0]?.notes.join() ?? '';
        expect(notes.includes('runs to its end and is charged for')).toBe(operation === 'GetQueryExecution'); // prettier-ignore
      });
    }
  }

  it('that may not be read, no other is started', async () => {
    const tooLarge = (number: number) => number === 1 ? { State: 'FAILED', AthenaError: { ErrorCategory: 1, ErrorType: 1, ErrorMessage: 'Query exhausted resources at this scale factor' } } : null; // prettier-ignore
    const { report, server } = await run({ ending: tooLarge }, {}, ({ operation }) => operation === 'GetQueryResults' ? DENIED : null); // prettier-ignore
    expect(codes(report).filter((code) => code === 'access-denied')).toHaveLength(2);
    expect(server.queries).toHaveLength(2);
  });
});
