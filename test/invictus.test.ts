/**
 * A comparison with an independent count over a public data set, where both are at hand beside the
 * checkout. The data is not part of this repository.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { files } from '../src/sources/files/index.js';
import { auditSource } from './support/audit.js';

const data = fileURLToPath(new URL('../../shared/data/invictus', import.meta.url));
const count = fileURLToPath(new URL('../../shared/tools/count.py', import.meta.url));
const available = existsSync(data) && existsSync(count);
if (!available) process.stdout.write('skipped: the invictus data is not beside this checkout\n');

interface Group {
  readonly principal: string;
  readonly userAgent: string;
  readonly vpcEndpointId: string;
  readonly count: number;
}

describe.runIf(available)('the invictus trail', () => {
  it('has 64 STS records, 13 of them hits, in the groups of the independent count', async () => {
    const independent = JSON.parse(
      execFileSync('python3', [count, '--json', data], { encoding: 'utf8' }),
    ) as { totals: { sts: number; hits: number }; groups: Group[] };
    const report = await auditSource(files([data]));
    expect(report.coverage).toMatchObject({ complete: true, stsEvents: 64 });
    expect(report.totals.calls).toBe(13);
    expect(independent.totals).toMatchObject({ sts: 64, hits: 13 });
    const expanded = report.findings.flatMap(({ principal, vpcEndpointId, samples }) =>
      samples.userAgents.map(({ value, calls }) =>
        [principal.id, value, vpcEndpointId ?? '', calls].join(' '),
      ),
    );
    const groups = independent.groups.map((group) =>
      [group.principal, group.userAgent, group.vpcEndpointId, group.count].join(' '),
    );
    expect(expanded.toSorted()).toEqual(groups.toSorted());
  });
});
