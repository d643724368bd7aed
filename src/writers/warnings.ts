import type { Report } from '../report/schema.js';
import { printable } from './escape.js';
import { counted } from './numbers.js';

/** What somebody should look after: entries of the ignore list and of the owners map, and limits of the comparison. */
export function warnings({ ignoreList, ownersMap, changes }: Report): readonly string[] {
  const expired = (ignoreList?.expired ?? []).map(
    ({ until, findings, matches, reason }) =>
      `ignore entry expired on ${until}, so ${counted(findings, 'finding counts', 'findings count')} again: ${matches} (${reason})`,
  );
  const unused = (ignoreList?.unused ?? []).map(
    ({ matches }) => `ignore entry fits no finding: ${matches}`,
  );
  const nobody = (ownersMap?.unused ?? []).map(
    (entry) => `owners entry owns nothing here: ${entry}`,
  );
  return [...expired, ...unused, ...nobody, ...(changes?.notes ?? [])].map(printable);
}
