import { describe, expect, it } from 'vitest';
import { csv } from '../../src/writers/csv.js';
import { auditRecords } from '../support/audit.js';
import { globalCall, regionalCall } from '../support/records.js';

describe('CSV', () => {
  it('begins with the columns that scripts rely on, also when there is no finding', async () => {
    const promised =
      'finding_id,account_id,principal_type,principal,client,client_version,vpc_endpoint_id,calls,first_seen,last_seen,';
    const empty = csv.render(await auditRecords([regionalCall()]));
    expect(empty.startsWith(promised)).toBe(true);
    expect(empty.trim().split('\n')).toHaveLength(1);
  });

  it('does not look empty when nothing could be assessed', async () => {
    const [, row = ''] = csv
      .render(await auditRecords([]))
      .trim()
      .split('\n');
    expect(row).toMatch(/^,.*,incomplete: No call .* was found in what could be read$/);
  });

  it('has a column for every judgement, to filter by', async () => {
    const [header = '', row = ''] = csv.render(await auditRecords([globalCall()])).split('\n');
    const cells = new Map(header.split(',').map((name, index) => [name, row.split(',')[index]]));
    expect(cells.get('sdk')).toBe('botocore');
    expect(cells.get('default_mode')).toBe('legacy');
    expect(cells.get('cause')).toBe('legacy-default');
    expect(cells.get('other_causes')).toBe('no-region | aws-global-region | endpoint-override');
    expect(cells.get('confidence')).toBe('medium');
    expect(cells.get('fix')).toContain('Upgrade AWS CLI v1 to 1.42.0');
    expect(cells.get('risk')).toBe('unknown');
    expect(cells.get('location_confidence')).toBe('low');
    expect(cells.has('workload') && cells.has('workload_confidence')).toBe(true);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)'])('makes %j in a name no formula', async (text) => {
    const userIdentity = { type: 'IAMUser', arn: text };
    const table = csv.render(await auditRecords([globalCall({ userIdentity })]));
    expect(table).toContain(`'${text}`);
  });
});
