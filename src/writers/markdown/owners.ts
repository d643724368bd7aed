/**
 * One section to unfold for each owner, with the steps. Callers with the same steps share them.
 */
import type { Owner } from '../../report/annotation-schema.js';
import type { Finding } from '../../report/finding-schema.js';
import { counted } from '../numbers.js';
import { byOwner } from '../order.js';
import { code, htmlCode } from './escape.js';
import { fixLine, fixText } from './fix.js';

/** Callers named above one set of steps, where there is no room for the names of all. */
const NAMED = 20;

interface Section {
  readonly head: string;
  /** Callers with the same steps. */
  readonly fixes: readonly (readonly Finding[])[];
}

const TAIL = '</details>';
const GAP = '\n\n';

/**
 * The sections in at most so many characters. While there is room for all names, every caller is
 * named, and those whose steps do not fit are told where they are; of more, the first have steps.
 */
export function ownerSections(findings: readonly Finding[], characters: number): string[] {
  const sections = byOwner(findings).map(toSection);
  // Of very many not even the names are made.
  const all = findings.length * SHORTEST_NAME > characters ? null : allNamed(sections, characters);
  return all ?? firstOnes(sections, characters);
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
    ].join(GAP),
    fixes: bySteps(findings),
  };
}

const SHORTEST_NAME = 40;

/** Null when not even the names fit. */
function allNamed(sections: readonly Section[], characters: number): string[] | null {
  const complete = sections.map(({ head, fixes }) => [head, ...fixes.map((callers) => fixText(callers)), TAIL].join(GAP)); // prettier-ignore
  if (lengthOf(complete) <= characters) return complete;
  const names = sections.map(({ head, fixes }) => [head, ...elsewhere(fixes), TAIL].join(GAP));
  let left = characters - lengthOf(names);
  if (left < 0) return null;
  return sections.map(({ head, fixes }) => {
    const whole = new Map<readonly Finding[], string>();
    for (const callers of fixes) {
      const text = fixText(callers);
      const more = text.length + GAP.length - fixLine(callers).length;
      if (more > left) continue;
      whole.set(callers, text);
      left -= more;
    }
    const others = fixes.filter((callers) => !whole.has(callers));
    return [head, ...whole.values(), ...elsewhere(others), TAIL].join(GAP);
  });
}

const ELSEWHERE =
  '**The steps of these do not fit here**: `--format html` shows them, and `--split-by principal` writes a ticket for each.';

function elsewhere(fixes: Section['fixes']): string[] {
  return fixes.length === 0 ? [] : [ELSEWHERE, fixes.map(fixLine).join('\n')];
}

/** As many sections, and of the last one as many fixes, as fit. */
function firstOnes(sections: readonly Section[], characters: number): string[] {
  const texts: string[] = [];
  let left = characters - 200;
  for (const [index, section] of sections.entries()) {
    const text = firstFixes(section, left);
    if (text === null) {
      texts.push(`**The sections of ${counted(sections.length - index, 'more owner')}** do not fit here; \`--split-by owner\` writes one ticket for each.`); // prettier-ignore
      break;
    }
    texts.push(text);
    left -= text.length + GAP.length;
  }
  return texts;
}

/** Null when not even one fix fits. */
function firstFixes({ head, fixes }: Section, characters: number): string | null {
  const kept: string[] = [];
  let left = characters - head.length - TAIL.length - 150;
  for (const callers of fixes) {
    const fix = fixText(callers, NAMED);
    left -= fix.length + GAP.length;
    if (left < 0) break;
    kept.push(fix);
  }
  if (kept.length === 0) return null;
  const more = fixes.length - kept.length;
  const note = more > 0 ? [`**${counted(more, 'more fix', 'more fixes')} ${more === 1 ? 'does' : 'do'} not fit here**; \`--split-by\` writes more and smaller tickets, and \`--format json\` has all steps.`] : []; // prettier-ignore
  return [head, ...kept, ...note, TAIL].join(GAP);
}

function lengthOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + text.length + GAP.length, 0);
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
