/**
 * What the files source did and did not see.
 */
import { DeliveryCounter } from '../../cloudtrail/deliveries.js';
import { DELIVERY_PADDING_DAYS, parseLogPath, type Selection } from '../../cloudtrail/log-path.js';
import type { Coverage, Gap, Progress } from '../../contracts.js';
import type { Discovery, Skip } from './walk.js';
import type { FileOutcome } from './read-file.js';
import type { ScanResult } from './scan.js';
import type { Totals } from './totals.js';
import { counted } from '../../counted.js';

/** Thousands of broken files have one cause; a report that lists them all helps nobody. */
const MOST_GAPS = 1000;
/** Names of files that are no logs: enough to see whether one of them should have been one. */
const SHOWN = 3;

export class FilesCoverage implements Discovery {
  readonly selection: Selection;
  readonly #targets: readonly string[];
  readonly #gaps: Gap[] = [];
  readonly #skipped = new Map<Skip | 'own-report', number>();
  readonly #notLogs: string[] = [];
  readonly #rejected = new Map<string, number>();
  readonly #accounts = new Set<string>();
  readonly #regions = new Set<string>();
  readonly #delivered = new DeliveryCounter();
  /** Read although accounts were chosen: their paths do not say whose they are. */
  #unnamed = 0;
  #misnamed = 0;
  /** The first in order, whichever thread comes to it when. */
  #misnamedPath = '';
  #files = 0;
  #bytes = 0;
  #inflatedBytes = 0;
  #totals: Totals | null = null;

  constructor(targets: readonly string[], selection: Selection) {
    this.#targets = targets;
    this.selection = selection;
  }

  skipped(reason: Skip | 'own-report', path: string): void {
    bump(this.#skipped, reason, 1);
    if (reason === 'not-a-log' && this.#notLogs.length < SHOWN) this.#notLogs.push(path);
  }

  gap(gap: Gap): void {
    this.#gaps.push(gap);
  }

  /** Notes how a file was read. */
  add({ path, result, gaps, bytes, inflatedBytes }: FileOutcome): void {
    this.#gaps.push(...gaps);
    this.#bytes += bytes;
    this.#inflatedBytes += inflatedBytes;
    if (result.content === 'digest' || result.content === 'own-report') {
      this.skipped(result.content, path);
    } else this.#read(path, result);
    for (const [reason, count] of Object.entries(result.rejected)) {
      bump(this.#rejected, reason, count);
    }
  }

  #read(path: string, { showsTrail, isMisnamed }: ScanResult): void {
    this.#files += 1;
    const { accountId, region, deliveredAt } = parseLogPath(path);
    if (region !== null) this.#regions.add(region);
    // What it holds is of other accounts, so it shows nothing of the one in its name.
    if (isMisnamed) this.#addMisnamed(path);
    else if (accountId === null) this.#unnamed += 1;
    else {
      this.#accounts.add(accountId);
      // A trail of data events alone, or of writes, delivers files in which no STS event could be.
      if (region !== null && showsTrail) this.#delivered.add(accountId, region, deliveredAt);
    }
  }

  #addMisnamed(path: string): void {
    this.#misnamed += 1;
    if (this.#misnamed === 1 || path < this.#misnamedPath) this.#misnamedPath = path;
  }

  /** Takes what is there to read, once that is known. */
  expect(totals: Totals | null): void {
    this.#totals = totals;
  }

  progress(): Progress {
    return {
      source: 'files',
      unit: 'files',
      done: this.#files,
      total: this.#totals?.files ?? null,
      bytes: this.#bytes,
      totalBytes: this.#totals?.bytes ?? null,
    };
  }

  result(interrupted: boolean): Coverage {
    return {
      source: 'files',
      targets: this.#targets,
      accounts: [...this.#accounts].toSorted(),
      regions: [...this.#regions].toSorted(),
      deliveries: this.#delivered.result(),
      gaps: [...this.#cappedGaps(), ...(interrupted ? [INTERRUPTED] : [])],
      notes: this.#notes(),
      rejected: Object.fromEntries(sorted(this.#rejected)),
      figures: this.#figures(),
    };
  }

  #figures(): Record<string, number> {
    const skipped = sorted(this.#skipped).map(
      ([reason, count]) => [`skipped_${reason.replaceAll('-', '_')}`, count] as const,
    );
    return {
      files: this.#files,
      bytes: this.#bytes,
      inflated_bytes: this.#inflatedBytes,
      ...Object.fromEntries(skipped),
    };
  }

  #cappedGaps(): Gap[] {
    const gaps = this.#gaps.toSorted((a, b) => compare(a.subject, b.subject));
    if (gaps.length <= MOST_GAPS) return gaps;
    const message = `${counted(gaps.length - MOST_GAPS, 'further problem is', 'further problems are')} not listed.`;
    return [...gaps.slice(0, MOST_GAPS), { code: 'more-problems', subject: 'files', message }];
  }

  #notes(): string[] {
    const notes: string[] = [];
    const others = this.#skipped.get('not-a-log') ?? 0;
    if (others > 0) {
      const names = `${this.#notLogs.toSorted().join(', ')}${others > SHOWN ? ', …' : ''}`;
      notes.push(`Not read, being hidden or no logs: ${others} (${names}).`);
    }
    if (this.#misnamed > 0) {
      const files = this.#misnamed === 1 ? '1 log file' : `${this.#misnamed} log files`;
      notes.push(
        `Named for an account of which no record is inside: ${files} (${this.#misnamedPath}). The calls count for the accounts in the records; of the account in the name it shows nothing.`,
      );
    }
    const chosen = this.#chosenAccounts();
    if (chosen !== null) notes.push(chosen);
    if (this.#skipped.has('other-region')) {
      notes.push(
        'Logs of other Regions than us-east-1 were not read: since November 2021 calls to the global endpoint are logged in us-east-1 only. --all-regions reads them too.',
      );
    }
    if (this.#skipped.has('outside-window')) {
      notes.push(
        `Files delivered more than ${DELIVERY_PADDING_DAYS} day outside the window were not read.`,
      );
    }
    return notes;
  }

  /** Accounts are chosen by path, so the words must not promise more. */
  #chosenAccounts(): string | null {
    const { accounts } = this.selection;
    const isChosen =
      accounts.length > 0 && (this.#unnamed > 0 || this.#skipped.has('other-account'));
    if (!isChosen) return null;
    const only = `Only logs of ${accounts.join(', ')} were read, as asked for`;
    if (this.#unnamed === 0) return `${only}.`;
    const [logs, them] =
      this.#unnamed === 1
        ? ['1 log whose path names', 'it']
        : [`${this.#unnamed} logs whose paths name`, 'them'];
    return `${only}, and ${logs} no account: calls of other accounts in ${them} are in the report.`;
  }
}

const INTERRUPTED: Gap = {
  code: 'interrupted',
  subject: 'files',
  message: 'Reading was interrupted; files are missing.',
};

function bump<K>(counts: Map<K, number>, key: K, by: number): void {
  counts.set(key, (counts.get(key) ?? 0) + by);
}

function sorted<K extends string>(counts: Map<K, number>): [K, number][] {
  return [...counts].toSorted(([a], [b]) => compare(a, b));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
