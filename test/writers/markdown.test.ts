import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/report/finding-schema.js';
import { split } from '../../src/report/split.js';
import { prose } from '../../src/writers/markdown/escape.js';
import { markdown } from '../../src/writers/markdown/index.js';
import { annotatedReport } from '../support/annotated.js';
import { manyFindings } from '../support/many.js';
import { markdownNodes, plainText } from '../support/parse-markdown.js';

const JIRA = 32_767;

function principals(text: string): string[] {
  const rows = markdownNodes(text).filter(({ type }) => type === 'tableRow');
  return rows.slice(1).map(({ children = [] }) => plainText(children[2] ?? { type: 'none' }));
}

describe('a sentence', () => {
  it.each([
    ['set sts_region = "REGION" in the block.', 'set `sts_region = "REGION"` in the block.'],
    ['delete mode = legacy, then', 'delete `mode = legacy`, then'],
    ['Replace a_b by endpoints = { sts = "x" }, then', 'Replace `a_b` by `endpoints = { sts = "x" }`, then'],
    ['add (sts_region = "REGION") there', 'add (`sts_region = "REGION"`) there'],
    ['add \'sts_region = "REGION"\' there', 'add \'`sts_region = "REGION"`\' there'],
    ['add sts_region="REGION" there', 'add `sts_region="REGION"` there'],
    // Code that touches code would be neither.
    ['a_b=c = d', '`a_b=c` `=` d'],
    ['c = d!a_b e', 'c `=` `d!a_b` e'],
  ])('shows a setting with blanks as one: %s', (text, expected) => {
    expect(prose(text)).toBe(expected);
  }); // prettier-ignore
});

describe('Markdown for tickets', () => {
  it('fits a Jira comment however much there is, and says what is missing', async () => {
    const report = await manyFindings(2000);
    const findings = report.findings.map((finding, index) =>
      Object.assign({}, finding, { owner: { team: `Team ${index % 40}` } }),
    );
    const text = markdown.render({ ...report, findings });
    expect(text.length).toBeLessThanOrEqual(JIRA);
    expect(text).toMatch(/\*\*[\d,]+ more findings\*\* do not fit here/);
    expect(text).toMatch(/\*\*The sections of \d+ more owners\*\* do not fit here/);
    const tags = markdownNodes(text).filter(({ type }) => type === 'html');
    const opened = tags.filter(({ value }) => value?.startsWith('<details>') === true).length;
    expect(tags.filter(({ value }) => value === '</details>')).toHaveLength(opened);
  });

  it('tells of a caller as what and where it runs, how sure that is, and its risk in words', async () => {
    const report = await annotatedReport();
    const text = markdown.render(report);
    const finding = report.findings.find(({ workload }) => workload !== null);
    expect(text).toContain(`  - Runs as: ${prose(finding?.workload?.text ?? '?')}`);
    expect(text).toContain(
      `  - Runs where (${finding?.location.confidence} confidence): ${prose(finding?.location.explanation ?? '?')}`,
    );
    expect(text).toContain(`  - Risk: ${prose(finding?.risk.explanation ?? '?')}`);
  });

  it('cuts one owner with very many fixes too', async () => {
    const report = await manyFindings(300);
    const text = markdown.render(report);
    expect(text.length).toBeLessThanOrEqual(JIRA);
    expect(text).toMatch(/more fixes\*\* do not fit here|and \d+ more/);
  });

  it('names every caller, and says where the steps are that do not fit', async () => {
    const report = await manyFindings(40);
    const text = markdown.render(report);
    expect(text.length).toBeLessThanOrEqual(JIRA);
    const sections = text.slice(text.indexOf('<details>'));
    const missing = report.findings.filter(({ principal }) => !sections.includes(`\`${principal.id}\``));
    expect(missing).toEqual([]);
    expect(sections).toContain('`--format html` shows them');
    expect(sections).not.toMatch(/do(?:es)? not fit here\*\*; |and \d+ more/);
  }); // prettier-ignore

  it('keeps its order when only the numbers change, so that a ticket does not jump', async () => {
    const report = await annotatedReport();
    const findings: Finding[] = report.findings.toReversed().map((finding, index) =>
      Object.assign({}, finding, { calls: 1000 * index }),
    );
    const changed = markdown.render({ ...report, findings });
    expect(principals(changed)).toEqual(principals(markdown.render(report)));
  }); // prettier-ignore

  it('begins with a line by which a script finds the comment that it has to update', async () => {
    const report = await annotatedReport();
    expect(markdown.render(report).split('\n')[0]).toBe('<!-- legacy-endpoint-audit:all -->');
    const lines = split(report, 'owner').map((part) => markdown.render(part).split('\n')[0]);
    expect(lines).toEqual([
      '<!-- legacy-endpoint-audit:owner=Payments -->',
      '<!-- legacy-endpoint-audit:owner=Platform -->',
      '<!-- legacy-endpoint-audit:owner=Shop -->',
      '<!-- legacy-endpoint-audit:owner=no%20owner -->',
    ]);
  });

  it('leaves ignored findings out of the table and says how many there are', async () => {
    const text = markdown.render(await annotatedReport());
    expect(principals(text).join()).not.toContain('firewall-sync');
    expect(text).toContain('1 of them ignored');
  });
});
