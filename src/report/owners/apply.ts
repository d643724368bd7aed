/**
 * Who has to act: a team, from the account, the name of the principal and the client.
 */
import { shortName } from '../../principals/short-name.js';
import type { Absent, Owner } from '../annotation-schema.js';
import { clientNames } from '../client-names.js';
import type { Finding } from '../finding-schema.js';
import { type Patterns, PatternIndex } from '../pattern-index.js';
import type { Report } from '../schema.js';
import type { OwnersEntry, OwnersMap } from './file-schema.js';

/** What decides who owns a caller. */
interface Caller {
  readonly accountId: string;
  readonly principal: string;
  /** As patterns may write it. */
  readonly client: readonly string[];
}

/** Names the owner of every finding and of what earlier reports had. */
export function assignOwners(report: Report, map: OwnersMap): Report {
  const used = new Set<OwnersEntry>();
  // Case does not matter in tags.
  const index = new PatternIndex(
    map.map((entry) => ({ ...entry, tag: lowerCase(entry.tag) })),
    NAMES,
  );
  const ownerOf = (caller: Caller): Owner | undefined => {
    const [first] = index.fitting(textsOf(caller));
    const entry = first === undefined ? undefined : map[first];
    if (entry === undefined) return undefined;
    used.add(entry);
    const { team, contact, ticketProject } = entry;
    return { team, contact, ticketProject };
  };
  const owned = (finding: Finding): Finding => {
    const { principal } = finding;
    const accountId = principal.accountId ?? finding.accountId;
    const client = clientNames(finding.client);
    return { ...finding, owner: ownerOf({ accountId, principal: principal.id, client }) };
  };
  const ownedAbsent = (absent: Absent): Absent => {
    const { principal, products = [] } = absent;
    const accountId = absent.principalAccountId ?? absent.accountId;
    const client = [...products, absent.client];
    return { ...absent, owner: ownerOf({ accountId, principal, client }) };
  };
  const { changes, history } = report;
  const done = {
    ...report,
    findings: report.findings.map(owned),
    changes: changes && {
      ...changes,
      gone: changes.gone.map(ownedAbsent),
      quiet: changes.quiet.map(ownedAbsent),
      unconfirmed: changes.unconfirmed.map(ownedAbsent),
    },
    history: history?.map(ownedAbsent),
  };
  const unused = map.filter((entry) => !used.has(entry)).map(describe);
  return { ...done, ownersMap: { entries: map.length, unused } };
}

const NAMES = ['account', 'principal', 'name', 'tag', 'client'] as const;

function describe(entry: OwnersEntry): string {
  const parts = NAMES.flatMap((name) => {
    const patterns = entry[name];
    return patterns === undefined ? [] : [`${name} ${[patterns].flat().join(' or ')}`];
  });
  return `${parts.join(', ')} (${entry.team})`;
}

function textsOf({ accountId, principal, client }: Caller): Texts {
  const name = shortName(principal);
  return { account: [accountId], principal: [principal], name: [name], tag: wordsOf(name), client };
}

type Texts = Readonly<Record<(typeof NAMES)[number], readonly string[]>>;

function lowerCase(patterns: Patterns | undefined): Patterns | undefined {
  return patterns === undefined
    ? undefined
    : [patterns].flat().map((pattern) => pattern.toLowerCase());
}

function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
