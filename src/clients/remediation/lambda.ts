import type { FindingFacts } from '../../contracts.js';
import { sampleValues } from '../../samples.js';
import type { Case } from './case.js';

import { isFunctionName } from '../evidence.js';

/** Commands on a function change what they name, so name and Region must be of one function. */
interface Target {
  readonly region: string;
  readonly name: string;
}

/** The version or alias behind the name is none of these commands. */
const FUNCTION = /^arn:aws:lambda:([a-z0-9-]+):\d*:function:([^:]+)/;

/** The functions that AWS names as those the credentials are of. */
function issuedTo({ samples }: FindingFacts): Target[] {
  const found = new Map<string, Target>();
  for (const { value } of samples.issuedTo) {
    const [whole, region = '', name = ''] = FUNCTION.exec(value) ?? [];
    if (whole !== undefined && isFunctionName(name)) found.set(whole, { region, name });
  }
  return [...found.values()];
}

/** The function that the commands name: a word in its place where nothing tells. */
export function lambdaTarget({ facts, region, workload }: Case): string {
  const [known] = issuedTo(facts);
  const guess = workload?.kind === 'lambda-function' ? (workload.name ?? '') : '';
  const name = known?.name ?? (isFunctionName(guess) ? guess : 'FUNCTION');
  return `--region ${known?.region ?? region} --function-name ${name}`;
}

/** Functions named one by one; the rest is a number. */
const NAMED = 5;

function othersHint(names: readonly string[], last: string): string {
  const named = names.slice(0, NAMED);
  const more = names.length - named.length;
  return `${last}${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}. `;
}

/** What to know of the name in the commands. */
export function targetHint({ facts, workload }: Case): string {
  const others = issuedTo(facts).slice(1);
  const names = others.map(({ name, region }) => `${name} in ${region}`);
  if (others.length > 0)
    return othersHint(names, 'Once for each function of this caller; the others are ');
  const isGuess = workload?.kind === 'lambda-function' && issuedTo(facts).length === 0;
  if (!isGuess || workload.name === null) return '';
  const sessions = sampleValues(facts.samples, 'sessionNames').filter(
    (name) => name !== workload.name && isFunctionName(name),
  );
  const check = 'Check the name: it is that of the session. ';
  return sessions.length === 0 ? check : check + othersHint(sessions, 'Other sessions: ');
}

/** Copies at the edge have the Region of the original before their name. */
const AT_EDGE = /^us-east-1\.[\w-]+$/;

/**
 * Whom no variable moves: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export function edgeHint({ facts }: Case): string {
  return sampleValues(facts.samples, 'sessionNames').some((name) => AT_EDGE.test(name))
    ? 'Sessions named us-east-1.NAME are likely of Lambda@Edge, which takes no variables: there, change the code. '
    : '';
}
