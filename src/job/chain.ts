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
  /** Where the run reads from, in seconds. */
  readonly #from: number;
  /** Where the next run will read from. */
  readonly #nextFrom: number;
  readonly #back: LookBack;

  /** Times in seconds: the run reads from `from`, and the next one from `nextFrom`. */
  constructor(
    window: Window,
    before: Counted | null,
    { from, nextFrom }: { readonly from: number; readonly nextFrom: number },
  ) {
    this.#window = window;
    this.#before = before;
    this.#from = from;
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
    if (this.#before === null) return report;
    return { ...report, late: { from: formatTime(this.#from), calls: this.#back.lateCalls } };
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

/** Null when the windows of the job do not follow one another. `folder` is that of the state. */
export async function chainOf(
  config: WindowConfig,
  window: Window,
  { state, folder }: { readonly state: State | null; readonly folder: string },
): Promise<Chain | null> {
  const { from, to } = window;
  if (!followsOn(config) || from === null || to === null) return null;
  // Another version may tell calls apart in another way, so it cannot find them again.
  const counted = state?.tool === VERSION ? state.counted : null;
  const earliest = counted === null ? null : parseEventTime(counted.from);
  const known = state === null || earliest === null ? null : await readCounted(folder, state);
  const start = earliest === null ? from : lookBackFrom(config, from, earliest);
  return new Chain(window, known, { from: start, nextFrom: lookBackFrom(config, to, start) });
}
