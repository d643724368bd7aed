import type { FindingFacts } from '../../contracts.js';
import type { Case } from './case.js';

/** Commands on a function change what they name, so name and Region must be of one function. */
interface Target {
  readonly region: string;
  readonly name: string;
}

/** Names of functions, of which a session's name may be one; anything else is no part of a command. */
const FUNCTION_NAME = /^[A-Za-z0-9_][A-Za-z0-9_-]{0,139}$/;
/** The version or alias behind the name is none of these commands. */
const FUNCTION = /^arn:aws:lambda:([a-z0-9-]+):\d*:function:([^:]+)/;

/** The functions that AWS names as those the credentials are of. */
function issuedTo({ samples }: FindingFacts): Target[] {
  const found = new Map<string, Target>();
  for (const arn of samples.issuedTo) {
    const [whole, region = '', name = ''] = FUNCTION.exec(arn) ?? [];
    if (whole !== undefined && FUNCTION_NAME.test(name)) found.set(whole, { region, name });
  }
  return [...found.values()];
}

/** The function that the commands name: a word in its place where nothing tells. */
export function lambdaTarget({ facts, region, workload }: Case): string {
  const [known] = issuedTo(facts);
  const guess = workload?.kind === 'lambda-function' ? (workload.name ?? '') : '';
  const name = known?.name ?? (FUNCTION_NAME.test(guess) ? guess : 'FUNCTION');
  return `--region ${known?.region ?? region} --function-name ${name}`;
}

/** Functions named one by one; the rest is a number. */
const NAMED = 5;

/** What to know of the name in the commands. */
export function targetHint({ facts, workload }: Case): string {
  const others = issuedTo(facts).slice(1);
  if (others.length > 0) {
    const named = others.slice(0, NAMED).map(({ name, region }) => `${name} in ${region}`);
    const more = others.length - named.length;
    return `Once for each function of this caller; the others are ${named.join(', ')}${more > 0 ? ` and ${more} more` : ''}. `;
  }
  const isGuess = workload?.kind === 'lambda-function' && workload.confidence !== 'high';
  return isGuess && workload.name !== null ? 'Check the name: it is that of the session. ' : '';
}
