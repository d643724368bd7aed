/**
 * A run whose window follows on that of the run before: together they count every call once,
 * whenever CloudTrail delivers it.
 */
import { formatTime, parseEventTime } from '../cloudtrail/event-time.js';
import type { Source, Window } from '../contracts.js';
import type { Report } from '../report/schema.js';
import { VERSION } from '../version.js';
import type { Config } from './config-schema.js';
import { Counted } from './counted.js';
import { LookBack } from './look-back.js';
import { readCounted, type State } from './state.js';
import { followsOn, lookBackFrom } from './window.js';

type WindowConfig = Config['window'];

/** More would take a gigabyte to remember; the next run then does not look back. */
const MOST_REMEMBERED = 2_000_000;

export class Chain {
  readonly #window: Window;
  /** What earlier runs counted, or null when that cannot be told. */
  readonly #before: Counted | null;
  /** Why it cannot be told, although there were earlier runs; null in the first run. */
  readonly #forgot: string | null;
  /** Where the run reads from, in seconds. */
  readonly #from: number;
  /** Where the next run will read from. */
  readonly #nextFrom: number;
  readonly #back: LookBack;

  /** Times in seconds: the run reads from `from`, and the next one from `nextFrom`. */
  constructor(
    window: Window,
    before: Counted | null,
    {
      from,
      nextFrom,
      forgot,
    }: { readonly from: number; readonly nextFrom: number; readonly forgot: string | null },
  ) {
    this.#window = window;
    this.#before = before;
    this.#from = from;
    this.#forgot = forgot;
    this.#nextFrom = nextFrom;
    this.#back = new LookBack(before ?? new Counted(), nextFrom);
  }

  /** `again` are the same sources once more, since a source is read once. */
  sources(all: readonly Source[], again: readonly Source[]): readonly Source[] {
    const back = this.#back;
    const read = all.map((source) => back.over(source));
    if (this.#before === null || this.#from >= (this.#window.from ?? 0)) return read;
    return [...read, ...again.map((source) => back.before(source, this.#from))];
  }

  /** Says what came late. */
  describe(report: Report): Report {
    if (this.#before === null) {
      if (this.#forgot === null) return report;
      const note = `This run did not look for calls that were delivered late: ${this.#forgot}.`;
      return { ...report, late: { from: formatTime(this.#from), calls: 0, note } };
    }
    const { lateCalls: calls, lateCallers } = this.#back;
    const callers = lateCallers.length > 0 ? { callers: lateCallers } : {};
    return { ...report, late: { from: formatTime(this.#from), calls, ...callers } };
  }

  /** What the next run has to know; null when it will not look back. */
  forNext(): { from: string; lines: Iterable<string> } | null {
    const { to } = this.#window;
    const { counted } = this.#back;
    if (to === null || this.#nextFrom >= to || counted.size > MOST_REMEMBERED) return null;
    if (this.#before !== null) counted.include(this.#before);
    return { from: formatTime(this.#nextFrom), lines: counted.lines(this.#nextFrom) };
  }
}

interface Past {
  readonly state: State | null;
  /** The folder of the state. */
  readonly folder: string;
  /** Kinds of source of this run, in order. */
  readonly sources: readonly string[];
}

/** Null when the windows of the job do not follow one another. */
export async function chainOf(
  config: WindowConfig,
  window: Window,
  { state, folder, sources }: Past,
): Promise<Chain | null> {
  const { from, to } = window;
  if (!followsOn(config) || from === null || to === null) return null;
  const forgot = state === null ? null : whyForgotten(state, sources);
  const counted = forgot === null ? (state?.counted ?? null) : null;
  const earliest = counted === null ? null : parseEventTime(counted.from);
  const known = state === null || earliest === null ? null : await readCounted(folder, state);
  const start = earliest === null ? from : lookBackFrom(config, from, earliest);
  return new Chain(window, known, {
    from: start,
    nextFrom: lookBackFrom(config, to, start),
    forgot,
  });
}

/** Why this run cannot find again what earlier ones have counted; null when it can. */
function whyForgotten(state: State, sources: readonly string[]): string | null {
  if (state.counted === null) return null;
  // Another version may tell calls apart in another way.
  if (state.tool !== VERSION) return `the last run was made by version ${state.tool} of the tool`;
  const before = state.sources.join(', ');
  // Events are known by their ids, those of engines by their number.
  return before === sources.join(', ') ? null : `the last run read ${before}`;
}
