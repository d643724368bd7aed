import { describe, expect, it } from 'vitest';
import { text } from '../../src/writers/text.js';
import { fit, widthOf } from '../../src/writers/text/width.js';
import { annotatedReport } from '../support/annotated.js';
import { auditRecords } from '../support/audit.js';
import { globalCall, regionalCall, serviceCall, tls } from '../support/records.js';

describe('the summary', () => {
  it('says who calls and how sure that is', async () => {
    const summary = text.render(await auditRecords([globalCall(), globalCall(), serviceCall()]));
    expect(summary).toContain('1 principal still calls the legacy global STS endpoint');
    expect(summary).toContain('2 calls in 1 finding');
    expect(summary).toContain('role/app/payments');
    expect(summary).toContain('1 was made by AWS services');
  });

  it('says once what several readings of a source have to say', async () => {
    const report = await auditRecords([globalCall()]);
    const sources = report.sources.map((source) => ({ ...source, notes: ['Left out.'] }));
    const twice = text.render({ ...report, sources: [...sources, ...sources] });
    expect(twice.match(/Left out\./g)).toHaveLength(1);
  });

  it('says which calls came after the run that covers their time', async () => {
    const report = await auditRecords([globalCall()]);
    const late = { from: '2026-01-09T00:00:00Z', calls: 1 };
    expect(text.render({ ...report, late })).toContain(
      '1 call from before the window, which no earlier run had counted, is counted here.',
    );
    expect(text.render({ ...report, late: { ...late, calls: 0 } })).toBe(text.render(report));
  });

  it('does not call a clean result clean when the evidence is incomplete', async () => {
    expect(text.render(await auditRecords([regionalCall()]))).toMatch(/^No call .* was found\n/);
    const doubtful = text.render(await auditRecords([serviceCall()]));
    expect(doubtful).toMatch(/^No call .* was found in what could be read/);
    expect(doubtful).toContain('INCOMPLETE');
  });

  it('says how many calls of customers lack evidence', async () => {
    const records = [globalCall(), globalCall({ tlsDetails: undefined })];
    expect(text.render(await auditRecords(records))).toContain(
      '1 customer call without TLS details',
    );
  });

  it('mentions calls of AWS services as nobody’s work', async () => {
    const records = [serviceCall({ tlsDetails: tls('sts.amazonaws.com') })];
    expect(text.render(await auditRecords(records))).toContain('ec2.amazonaws.com): nothing to do');
  });

  it('lets no name steer the terminal', async () => {
    const userIdentity = { type: 'IAMUser', arn: 'user/\u001b[2Jx\u202e\n\rfake' };
    const summary = text.render(
      await auditRecords([globalCall({ userIdentity, userAgent: 'a\u009bb' })]),
    );
    expect(summary.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(summary).toContain('\\u{1b}');
  });
});

describe('the table on a terminal', () => {
  it.each([40, 60, 80, 100, 120, 200])('is no wider than %i columns', async (width) => {
    const lines = text.render(await annotatedReport(), { width, color: false }).split('\n');
    const start = lines.findIndex((line) => line.trimStart().startsWith('calls  '));
    const table = lines.slice(start, lines.indexOf('', start));
    expect(table).toHaveLength(7);
    expect(Math.max(...table.map(widthOf))).toBeLessThanOrEqual(width);
  });

  it('counts wide and combining characters as a terminal does', () => {
    expect(widthOf('日本')).toBe(4);
    expect(widthOf('e\u0301')).toBe(1);
    expect(fit('日本語の名前', 6)).toBe('日本… ');
    expect(fit('payments-deployer', 9, 'end')).toBe('…deployer');
  });

  it('has colours only where they are asked for', async () => {
    const report = await annotatedReport();
    expect(text.render(report)).not.toContain('\u001b');
    expect(text.render(report, { width: 100, color: true })).toContain('\u001b[31m');
  });
});
