import type { Finding } from '../../report/finding-schema.js';
import { describeClient } from '../../clients/client-key.js';
import { shortChange } from '../changes.js';
import { counted, number } from '../numbers.js';
import { riskName, tierOf } from '../risk.js';
import { code, prose } from './escape.js';

const HEAD = [
  '| risk | account | principal | client | VPC endpoint | owner | calls | last seen | change |',
  '| --- | --- | --- | --- | --- | --- | ---: | --- | --- |',
];

/** One row a finding, as many as fit into the given number of characters. */
export function findingsTable(findings: readonly Finding[], characters: number): string {
  if (findings.length === 0) return '';
  const lines = [...HEAD];
  let left = characters - HEAD.join('\n').length - 100;
  for (const finding of findings) {
    const line = row(finding);
    left -= line.length + 1;
    if (left < 0) break;
    lines.push(line);
  }
  const more = findings.length - (lines.length - HEAD.length);
  const note = `**${counted(more, 'more finding')}** ${more === 1 ? 'does' : 'do'} not fit here; \`--format csv\` writes all of them.`;
  return ['## Findings', lines.join('\n'), ...(more > 0 ? [note] : [])].join('\n\n');
}

function row(finding: Finding): string {
  const { accountId, principal, client, vpcEndpointId, owner, calls, lastSeen } = finding;
  const cells = [
    prose(riskName(tierOf(finding))),
    code(accountId),
    code(principal.id),
    code(describeClient(client)),
    code(vpcEndpointId ?? ''),
    code(owner?.team ?? ''),
    number(calls),
    prose(lastSeen.slice(0, 10)),
    prose(shortChange(finding)),
  ];
  return `| ${cells.join(' | ')} |`;
}
