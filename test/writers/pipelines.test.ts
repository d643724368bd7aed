/**
 * The formats that pipelines show: a caller must stay the same test and the same alert.
 */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { junit } from '../../src/writers/junit.js';
import { sarif } from '../../src/writers/sarif.js';
import { annotatedReport } from '../support/annotated.js';
import { GAP, reportOf } from '../support/callers.js';
import { manyFindings } from '../support/many.js';
import { reportOfWeek } from '../support/organisation.js';
import { parseXml } from '../support/parse-xml.js';

function casesOf(report: Report): string[] {
  return parseXml(junit.render(report))
    .filter(({ name }) => name === 'testcase')
    .map(({ attributes }) => attributes['name'] ?? '');
}

interface SarifResult {
  readonly level: string;
  readonly baselineState?: string;
  readonly suppressions?: readonly { justification: string }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly logicalLocations?: unknown;
  readonly message: { readonly text: string };
}

function resultsOf(report: Report): SarifResult[] {
  return JSON.parse(sarif.render(report)).runs[0].results;
}

describe('JUnit', () => {
  it('names a caller alike in both weeks, although its client was upgraded', async () => {
    const [first, second] = [await reportOfWeek(0), await reportOfWeek(1)];
    const [one, other] = [first, second].map((report) =>
      casesOf(report).find((name) => name.includes('payments-deployer')),
    );
    expect(one).toBeDefined();
    expect(other).toBe(one);
  });

  it('fails what counts, skips what is ignored, passes what is gone', async () => {
    const elements = parseXml(junit.render(await annotatedReport()));
    const suite = elements.find(({ name }) => name === 'testsuite');
    expect(suite?.attributes).toMatchObject({ tests: '9', failures: '6', errors: '0', skipped: '1' }); // prettier-ignore
    expect(elements.filter(({ name }) => name === 'failure')).toHaveLength(6);
    const suites = elements.find(({ name }) => name === 'testsuites');
    // junit-10.xsd of Jenkins's xUnit plugin allows these, and `disabled` and `time`.
    expect(Object.keys(suites?.attributes ?? {}).toSorted()).toEqual([
      'errors',
      'failures',
      'name',
      'tests',
    ]);
    expect(elements.find(({ name }) => name === 'skipped')?.attributes['message']).toContain(
      'The vendor ships a fix in May',
    );
  });

  it('has the elements that test reports know, and counts that are those of its tests', async () => {
    const reports = [await annotatedReport(), await reportOf([]), await reportOf([{ role: 'x' }], { gaps: [GAP] })];
    for (const report of reports) {
      const elements = parseXml(junit.render(report));
      const paths = new Set(elements.map(({ path }) => path));
      const inCase = ['error', 'failure', 'skipped'].map((name) => `testsuites/testsuite/testcase/${name}`);
      const known = new Set(['testsuites', 'testsuites/testsuite', 'testsuites/testsuite/testcase', ...inCase]);
      expect([...paths].filter((path) => !known.has(path))).toEqual([]);
      const named = (name: string) => elements.filter((element) => element.name === name);
      const tests = named('testcase').map(({ attributes }) => JSON.stringify(attributes));
      expect(new Set(tests).size).toBe(tests.length);
      const counts = { tests: tests.length, failures: named('failure').length, errors: named('error').length };
      for (const { attributes } of [...named('testsuites'), ...named('testsuite')]) {
        const { tests: all, failures, errors } = attributes;
        expect({ tests: Number(all), failures: Number(failures), errors: Number(errors) }).toEqual(counts);
      }
      expect(Number(named('testsuite')[0]?.attributes['skipped'])).toBe(named('skipped').length);
    }
  }); // prettier-ignore

  it('is in error when the evidence is incomplete, with or without findings', async () => {
    for (const callers of [[], [{ role: 'x' }]]) {
      const elements = parseXml(junit.render(await reportOf(callers, { gaps: [GAP] })));
      expect(elements.filter(({ name }) => name === 'error')).toHaveLength(1);
    }
    expect(casesOf(await reportOf([]))).toEqual(['the evidence is complete']);
  });
});

describe('SARIF', () => {
  it('gives a caller the same fingerprint and place in both weeks', async () => {
    const [first, second] = [await reportOfWeek(0), await reportOfWeek(1)];
    const keys = (report: Report): string[] =>
      resultsOf(report)
        .filter(({ message }) => message.text.includes('payments-deployer'))
        .map((result) => JSON.stringify([result.partialFingerprints, Reflect.get(result, 'locations')]));
    expect(keys(first)).toHaveLength(1);
    expect(keys(second)).toEqual(keys(first));
  }); // prettier-ignore

  it('says what is new, updated, unchanged and absent, and why something is suppressed', async () => {
    const results = resultsOf(await annotatedReport());
    const states = results.map(({ baselineState }) => baselineState ?? '');
    expect(states.toSorted()).toEqual([
      'absent',
      'new',
      'unchanged',
      'unchanged',
      'unchanged',
      'unchanged',
      'updated',
      'updated',
    ]);
    const suppressed = results.filter(({ suppressions }) => suppressions !== undefined);
    expect(suppressed.map(({ suppressions }) => suppressions?.[0]?.justification)).toEqual([
      'The vendor ships a fix in May (SEC-7, until 2026-06-30)',
    ]);
  });

  it('is no successful run when the evidence is incomplete', async () => {
    const log = JSON.parse(sarif.render(await reportOf([], { gaps: [GAP] })));
    expect(log.runs[0].invocations[0]).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error', descriptor: { id: 'unreadable' } }],
    });
  });

  it('holds as many results as code scanning takes, and says so', async () => {
    const log = JSON.parse(sarif.render(await manyFindings(25_010)));
    expect(log.runs[0].results).toHaveLength(25_000);
    expect(JSON.stringify(log.runs[0].invocations)).toContain('10 more results are left out');
  });
});
