/**
 * The ticket body: summary, table, and one section to unfold for each owner.
 */
import type { Report } from '../../report/schema.js';
import { amounts, counting, evidence, headline, managed, span } from '../answer.js';
import { inStableOrder } from '../order.js';
import { callsByService, dependenceSentence } from '../risk.js';
import { printable } from '../escape.js';
import type { Writer } from '../writer.js';
import { changeSection } from './changes.js';
import { counted } from '../numbers.js';
import { code, prose } from './escape.js';
import { ignoreSection } from './ignored.js';
import { listOf } from './list.js';
import { ownerSections } from './owners.js';
import { findingsTable } from './table.js';

/** A Jira comment holds 32,767 characters, one of GitHub 65,536: this fits both. */
export const MOST_CHARACTERS = 32_000;
/** Of what is left after the summary, so that the sections have room. */
const TABLE_SHARE = 0.4;

export const markdown: Writer = {
  name: 'markdown',
  extension: 'md',
  render: (report) => {
    const top = [
      marker(report),
      summary(report),
      gaps(report),
      changeSection(report),
      ignoreSection(report),
    ].filter((part) => part !== '');
    const bottom = footer(report);
    const used = [...top, bottom].join('\n\n').length;
    const findings = inStableOrder(counting(report));
    const table = findingsTable(findings, (MOST_CHARACTERS - used) * TABLE_SHARE);
    const left = MOST_CHARACTERS - used - table.length;
    const sections = ownerSections(findings, left);
    return `${[...top, table, ...sections, bottom].filter((part) => part !== '').join('\n\n')}\n`;
  },
};

/** By this line a script finds the comment that it has to update. Two hyphens would end it. */
function marker({ slice }: Report): string {
  const name = encodeURIComponent(printable(slice?.name ?? '')).replaceAll('-', '%2D');
  return `<!-- legacy-endpoint-audit:${slice === undefined ? 'all' : `${slice.by}=${name}`} -->`;
}

function summary(report: Report): string {
  const { slice } = report;
  const when = span(report);
  const share = dependenceSentence(callsByService(report.findings));
  const [first = '', ...rest] = evidence(report);
  return [
    `# ${headline(report)}`,
    ...(slice === undefined ? [] : [`For ${slice.by} ${code(slice.name)}.`]),
    `**${prose(amounts(report))}**${when === null ? '' : `, ${prose(when)}`}.`,
    ...(share === null ? [] : [`${prose(share)}.`]),
    `**${prose(first)}** ${rest.map(prose).join(' ')}`,
  ].join('\n\n');
} // prettier-ignore

function gaps({ coverage }: Report): string {
  const items = coverage.gaps.map(({ subject, message }) => `${code(subject)}: ${prose(message)}`);
  return listOf(items, (count) => `and ${counted(count, 'more problem')}, in the JSON report`);
}

function footer(report: Report): string {
  const services = managed(report);
  const made = `Made by legacy-endpoint-audit ${prose(report.tool.version)} on ${prose(report.generatedAt)}.`;
  return [...(services === null ? [] : [prose(services)]), made].join('\n\n');
}
