/**
 * What callers that need the same steps are told.
 */
import type { Note } from '../../clients/advice.js';
import type { Finding } from '../../report/finding-schema.js';
import { number } from '../numbers.js';
import { fixInShort, leadTitle, stepsIntroduction } from '../steps.js';
import { code, codeBlock, prose } from './escape.js';

/** Callers that need the same steps, and the steps. */
export function fixText(findings: readonly Finding[], named = findings.length): string {
  const [first] = findings;
  if (first === undefined) return '';
  const { steps, mayBreak, verify } = first.remediation;
  const callers = findings.slice(0, named).map(caller);
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

/** The same in one line, for tickets that have no room for the steps. */
export function fixLine(findings: readonly Finding[]): string {
  const [first] = findings;
  const fix = first === undefined ? '' : fixInShort(first.remediation.steps);
  const callers = findings.map(
    ({ principal, accountId, client }) =>
      `${code(principal.id)} in account ${code(accountId)} with ${code(client.product)}`,
  );
  return `- ${fix === '' ? '' : `${prose(fix)}: `}${callers.join(', ')}`;
}

/** Why it is global, and what the Region and the form of its steps follow from. */
function caller({ principal, accountId, client, diagnosis, ...finding }: Finding): string {
  const { workload, location, risk } = finding;
  return [
    `- ${code(principal.id)} in account ${code(accountId)}, ${code(client.product)}: ${prose(diagnosis.explanation)}`,
    ...(workload === null ? [] : [`Runs as: ${prose(workload.text)}`]),
    `Runs where (${location.confidence} confidence): ${prose(location.explanation)}`,
    `Risk: ${prose(risk.explanation)}`,
  ].join('\n  - ');
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
