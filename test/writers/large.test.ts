/**
 * Reports of a very large organisation, and of one with very long names: every format that people or
 * pipelines take in stays under the limit of who takes it in, and says what it leaves out.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { html } from '../../src/writers/html/index.js';
import { junit } from '../../src/writers/junit.js';
import { markdown } from '../../src/writers/markdown/index.js';
import { sarif } from '../../src/writers/sarif.js';
import { text } from '../../src/writers/text.js';
import { annotatedReport } from '../support/annotated.js';
import { manyFindings } from '../support/many.js';
import { elementsOf } from '../support/parse-html.js';
import { parseXml } from '../support/parse-xml.js';

const MB = 2 ** 20;
/** Of a comment: Jira's, which is less than GitHub's 65,536. */
const COMMENT = 32_767;

describe('100,000 findings', () => {
  let report: Report;
  beforeAll(async () => {
    report = await manyFindings(100_000);
  });

  it('are a page that opens, says how many it shows and links to the rest', () => {
    const page = html.render(report);
    expect(page.length).toBeLessThan(5 * MB);
    const { elements } = elementsOf(page);
    expect(elements.filter(({ name }) => name === 'tbody').length).toBeLessThan(600);
    expect(page).toContain('shows the first 500 of 100,000 findings');
    expect(elements.some(({ attributes }) => attributes['href'] === 'report.csv')).toBe(true);
    expect(html.refersTo?.(report)).toEqual(['csv']);
  });

  it('are a page without that link where no file stands beside it', () => {
    const page = html.render(report, { width: 80, color: false });
    expect(page).toContain('shows the first 500 of 100,000 findings');
    expect(page).not.toContain('report.csv');
  });

  it('are a comment that Jira takes', () => {
    const ticket = markdown.render(report);
    expect(ticket.length).toBeLessThanOrEqual(COMMENT);
    expect(ticket).toMatch(/\*\*[\d,]+ more findings\*\* do not fit here; `--format csv` writes all of them/);
  }); // prettier-ignore

  it('are test results that GitLab takes, with numbers that are those of its cases', () => {
    const results = junit.render(report);
    expect(Buffer.byteLength(results)).toBeLessThan(30 * MB);
    const elements = parseXml(results);
    const count = (wanted: string): string =>
      String(elements.filter(({ name }) => name === wanted).length);
    const suite = elements.find(({ name }) => name === 'testsuite')?.attributes;
    expect(suite).toMatchObject({ tests: count('testcase'), failures: count('failure'), skipped: count('skipped') });
    expect(results).toContain('95,000 more callers left out: --format csv writes all of them');
  }); // prettier-ignore

  it('are as many results as code scanning takes', () => {
    const [run] = JSON.parse(sarif.render(report)).runs;
    expect(run.results).toHaveLength(25_000);
    expect(JSON.stringify(run.invocations)).toContain('75,000 more results are left out');
  });

  it('are a screenful', () => {
    const lines = text.render(report).split('\n');
    expect(lines.length).toBeLessThan(60);
    expect(lines.join('\n')).toContain('and 99,980 more: --out DIR writes all of them');
  });
});

describe('very long names', () => {
  it('do not make a comment too long', async () => {
    const report = await annotatedReport();
    const name = fc.string({ minLength: 1, maxLength: 2048, size: 'max' });
    fc.assert(
      fc.property(fc.array(name, { minLength: 8, maxLength: 8 }), fc.nat(300), (names, gaps) => {
        const nth = (index: number): string => names[index % names.length] ?? '';
        const findings = Array.from({ length: 40 }, (_, index) => {
          const base = report.findings[index % report.findings.length];
          if (base === undefined) throw new Error('the report has findings');
          return { ...base, principal: { ...base.principal, id: nth(index) }, owner: { team: nth(index + 1) } };
        });
        const absent = (report.changes?.gone ?? []).map((one, index) => ({ ...one, principal: nth(index) }));
        const many = Array.from({ length: 10 }, () => absent).flat();
        const long: Report = {
          ...report,
          findings,
          changes: report.changes && { ...report.changes, gone: many, quiet: many, unconfirmed: many, notes: names },
          coverage: { ...report.coverage, gaps: Array.from({ length: gaps }, (_, index) => ({ source: 'files', code: 'unreadable', subject: nth(index), message: 'It cannot be read.' })) },
        };
        expect(markdown.render(long).length).toBeLessThanOrEqual(COMMENT);
      }),
      { numRuns: 40 },
    );
  }); // prettier-ignore
});
