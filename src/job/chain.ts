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

export class Chain {
  readonly #window: Window;
  /** What earlier runs counted, or null when that cannot be told. */
  readonly #before: Counted | null;
  /** Where the run reads from, in seconds. */
  readonly #from: number;
  readonly #back: LookBack;

  constructor(window: Window, from: number, before: Counted | null) {
    this.#window = window;
    this.#before = before;
    this.#from = from;
    this.#back = new LookBack(from, before ?? new Counted());
  }

  over(source: Source): Source {
    return this.#back.over(source);
  }

  /** Says what came late; and that events from before the window say nothing about the window. */
  describe(report: Report): Report {
    if (this.#before === null) return report;
    const late = { from: formatTime(this.#from), calls: this.#back.lateCalls };
    const { coverage, window } = report;
    const { lastEvent } = coverage;
    if (lastEvent === null || lastEvent >= (window.from ?? '')) return { ...report, late };
    const gap = {
      source: 'run',
      code: 'nothing-assessable',
      subject: 'STS events',
      message: 'No STS event of the window was seen, only earlier ones.',
    };
    return { ...report, late, coverage: { ...coverage, complete: false, gaps: [...coverage.gaps, gap] } }; // prettier-ignore
  }

  /** What the next run has to know; null when it will not look back. */
  forNext(config: WindowConfig): { from: string; lines: Iterable<string> } | null {
    const { to } = this.#window;
    if (to === null) return null;
    const start = lookBackFrom(config, to, this.#from);
    if (start >= to) return null;
    const { counted } = this.#back;
    if (this.#before !== null) counted.include(this.#before);
    return { from: formatTime(start), lines: counted.lines(start) };
  }
}

/** Null when the windows of the job do not follow one another. `folder` is that of the state. */
export async function chainOf(
  config: WindowConfig,
  window: Window,
  { state, folder }: { readonly state: State | null; readonly folder: string },
): Promise<Chain | null> {
  const { from } = window;
  if (!followsOn(config) || from === null) return null;
  // Another version may tell calls apart in another way, so it cannot find them again.
  const counted = state?.tool === VERSION ? state.counted : null;
  const earliest = counted === null ? null : parseEventTime(counted.from);
  if (state === null || earliest === null) return new Chain(window, from, null);
  return new Chain(window, lookBackFrom(config, from, earliest), await readCounted(folder, state));
}
