/**
 * One section to unfold for each owner, with the steps. Callers with the same steps share them.
 */
import type { Owner } from '../../report/annotation-schema.js';
import type { Finding } from '../../report/finding-schema.js';
import type { Note } from '../../clients/advice.js';
import { counted, number } from '../numbers.js';
import { byOwner } from '../order.js';
import { leadTitle, stepsIntroduction } from '../steps.js';
import { code, codeBlock, htmlCode, prose } from './escape.js';

/** Callers named above one set of steps; the table has all of them. */
const NAMED = 20;

interface Section {
  readonly head: string;
  /** Callers with the same steps; written only while there is room, as most do not fit. */
  readonly fixes: readonly (readonly Finding[])[];
  readonly tail: string;
}

/** As many sections, and of the last one as many fixes, as the given characters hold. */
export function ownerSections(findings: readonly Finding[], characters: number): string[] {
  const owners = byOwner(findings);
  const texts: string[] = [];
  let left = characters - 200;
  for (const [index, owner] of owners.entries()) {
    const text = fitted(toSection(owner), left);
    if (text === null) {
      texts.push(`**The sections of ${counted(owners.length - index, 'more owner')}** do not fit here; \`--split-by owner\` writes one ticket for each.`); // prettier-ignore
      break;
    }
    texts.push(text);
    left -= text.length + 2;
  }
  return texts;
}

function toSection({
  owner,
  findings,
}: {
  owner: Owner | null;
  findings: readonly Finding[];
}): Section {
  const calls = findings.reduce((sum, finding) => sum + finding.calls, 0);
  const amount = `${counted(findings.length, 'finding')}, ${counted(calls, 'call')}`;
  const name = owner === null ? 'No owner' : htmlCode(owner.team);
  const contact = [owner?.contact, owner?.ticketProject].filter((text) => text !== undefined);
  return {
    head: [
      `<details>\n<summary>${name}: ${amount}</summary>`,
      ...(contact.length === 0 ? [] : [`Contact: ${contact.map(code).join(', ')}`]),
    ].join('\n\n'),
    fixes: bySteps(findings),
    tail: '</details>',
  };
}

/** Null when not even one fix fits. */
function fitted({ head, fixes, tail }: Section, characters: number): string | null {
  const kept: string[] = [];
  let left = characters - head.length - tail.length - 120;
  for (const callers of fixes) {
    const fix = fixText(callers);
    left -= fix.length + 2;
    if (left < 0) break;
    kept.push(fix);
  }
  if (kept.length === 0) return null;
  const more = fixes.length - kept.length;
  const note = more > 0 ? [`**${number(more)} more fixes** do not fit here; \`--split-by\` writes more and smaller tickets, and \`--format json\` has all steps.`] : []; // prettier-ignore
  return [head, ...kept, ...note, tail].join('\n\n');
}

/** Findings that need the same steps, in the order of the first of each. */
function bySteps(findings: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { steps, mayBreak } = finding.remediation;
    const key = JSON.stringify([steps, mayBreak]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function fixText(findings: readonly Finding[]): string {
  const [first] = findings;
  if (first === undefined) return '';
  const { steps, mayBreak, verify } = first.remediation;
  const callers = findings.slice(0, NAMED).map(caller);
  const more = findings.length - callers.length;
  const introduction = stepsIntroduction(steps);
  // A check names its caller, so for several callers the first stands for all.
  const checks = verify.map((step) => noteText(step, `**Check: ${prose(step.title)}.**`));
  return [
    [...callers, ...(more > 0 ? [`- and ${number(more)} more`] : [])].join('\n'),
    ...(introduction === null ? [] : [introduction]),
    ...steps.map((step, index) => noteText(step, `**${index + 1}. ${prose(leadTitle(step, steps.slice(0, index)))}.**`)),
    ...(mayBreak.length === 0 ? [] : [`**May break**\n\n${mayBreak.map((text) => `- ${prose(text)}`).join('\n')}`]),
    ...(findings.length > 1 ? ['The first caller stands for all in these checks:'] : []),
    ...checks,
  ].join('\n\n');
} // prettier-ignore

function caller({ principal, accountId, client, diagnosis }: Finding): string {
  return `- ${code(principal.id)} in account ${code(accountId)}, ${code(client.product)}: ${prose(diagnosis.explanation)}`;
}

function noteText({ detail, snippets, sources }: Note, title: string): string {
  const links = sources.filter((source) => PUBLIC_PAGE.test(source)).map((url) => `<${url}>`);
  return [
    `${title} ${prose(detail)}${links.length === 0 ? '' : ` (${links.join(', ')})`}`,
    ...snippets.map(({ label, language, code: text }) => `${prose(label)}:\n\n${codeBlock(language, text)}`), // prettier-ignore
  ].join('\n\n');
}

/** Links come from the tool's own knowledge; anything else is left out. */
const PUBLIC_PAGE = /^https:\/\/[\w.-]+(?:\/[\w./?=&%#~+-]*)?$/;
