import type { FindingFacts } from '../../contracts.js';
import type { Diagnosis, Location, Snippet, Note, Workload } from '../advice.js';
import type { Behaviour } from '../behaviour.js';

/** What every step is written from. */
export interface Case {
  readonly facts: FindingFacts;
  readonly diagnosis: Diagnosis;
  readonly location: Location;
  /** Where all calls come from. */
  readonly workload: Workload | null;
  /** Where some calls come from, which need its form beside that of the others. */
  readonly partly: Workload | null;
  readonly behaviour: Behaviour;
  /** The Region to name, or `REGION`. */
  readonly region: string;
  /** The operating system of the caller, where its user agent tells. */
  readonly system: string | null;
}

/** Stands for a Region that the evidence does not tell; bare, since brackets redirect in a shell. */
export const UNKNOWN_REGION = 'REGION';

export const SDK_SETTINGS =
  'https://docs.aws.amazon.com/sdkref/latest/guide/feature-sts-regionalized-endpoints.html';
export const STS_REGIONS =
  'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_region-endpoints.html';

/** Puts the Region where the text of the knowledge file says `{region}`. */
export function fill(text: string, region: string): string {
  return text.replaceAll('{region}', region);
}

export function snippet(label: string, language: string, code: string): Snippet {
  return { label, language, code };
}

export function fillSnippet({ label, language, code }: Snippet, region: string): Snippet {
  return snippet(label, language, fill(code, region));
}

export function note(
  title: string,
  detail: string,
  snippets: readonly Snippet[],
  sources: readonly string[],
): Note {
  return { title, detail, snippets, sources };
}

const SAFE = /^[A-Za-z0-9_.,:/@=+-]{1,256}$/;

/**
 * A name from the logs for use in a command or query, where it stands bare or between quotes. Callers
 * choose names, so one with any other character is replaced by `instead`.
 */
export function safeName(name: string | null, instead: string): string {
  return name !== null && SAFE.test(name) && !name.startsWith('-') ? name : instead;
}
