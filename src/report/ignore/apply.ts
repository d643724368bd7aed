/**
 * Findings that somebody has decided to leave as they are. They stay in the report, marked, with
 * the reason; only the gates pass over them.
 */
import type { Ignored, IgnoreEntryStatus } from '../annotation-schema.js';
import { clientNames } from '../client-names.js';
import type { Finding } from '../finding-schema.js';
import { PatternIndex } from '../pattern-index.js';
import type { Report } from '../schema.js';
import type { IgnoreEntry, IgnoreList } from './file-schema.js';

/** Marks what the list fits. An entry that has expired marks too, but the finding counts. */
export function ignoreFindings(report: Report, list: IgnoreList): Report {
  const today = report.generatedAt.slice(0, 10);
  const entries = list.map((entry) => new Entry(entry, today));
  const index = new PatternIndex(list, NAMES);
  const findings = report.findings.map((finding) => {
    const fitting = index.fitting(textsOf(finding)).flatMap((at) => entries[at] ?? []);
    return mark(finding, fitting);
  });
  const without = findings.filter(({ ignored }) => ignored?.expired === false);
  const ignoreList = {
    entries: entries.length,
    findings: without.length,
    calls: without.reduce((sum, { calls }) => sum + calls, 0),
    expired: entries.filter(({ expired }) => expired).map((entry) => entry.status()),
    unused: entries.filter(({ fitted }) => fitted === 0).map((entry) => entry.status()),
  };
  return { ...report, findings, ignoreList };
}

function mark(finding: Finding, fitting: readonly Entry[]): Finding {
  for (const entry of fitting) entry.fitted += 1;
  const entry = fitting.find(({ expired }) => !expired) ?? fitting[0];
  return { ...finding, ignored: entry?.mark() };
}

class Entry {
  readonly expired: boolean;
  fitted = 0;
  readonly #entry: IgnoreEntry;

  constructor(entry: IgnoreEntry, today: string) {
    this.#entry = entry;
    this.expired = today > entry.until;
  }

  mark(): Ignored {
    const { reason, ticket, until } = this.#entry;
    return { reason, ticket, until, expired: this.expired };
  }

  status(): IgnoreEntryStatus {
    const { reason, ticket, until } = this.#entry;
    return { matches: describe(this.#entry), reason, ticket, until, findings: this.fitted };
  }
}

const NAMES = ['finding', 'account', 'principal', 'client', 'vpcEndpoint'] as const;
/** What patterns are held against: each text is how some output writes it. */
type Texts = Readonly<Record<(typeof NAMES)[number], readonly string[]>>;

function textsOf(finding: Finding): Texts {
  const { id, lineage, accountId, principal, client, vpcEndpointId } = finding;
  return {
    finding: [id, lineage],
    account: [accountId],
    principal: [principal.id],
    client: clientNames(client),
    vpcEndpoint: [vpcEndpointId ?? 'none'],
  };
}

function describe(entry: IgnoreEntry): string {
  const parts = NAMES.flatMap((name) => {
    const patterns = entry[name];
    return patterns === undefined ? [] : [`${name} ${[patterns].flat().join(' or ')}`];
  });
  return parts.join(', ');
}
