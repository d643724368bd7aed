/**
 * Whether two reports may hold the same calls. A report has no event ids, so what two of them say
 * about one day of one account is taken for the same calls unless something tells them apart.
 */
import type { Report } from '../schema.js';

const DAY_MS = 86_400_000;

/** Half-open, in milliseconds; infinite where the window has no bound. */
export interface Interval {
  readonly from: number;
  readonly to: number;
}

export function intervalOf({ window }: Report): Interval {
  return {
    from: window.from === null ? Number.NEGATIVE_INFINITY : Date.parse(window.from),
    to: window.to === null ? Number.POSITIVE_INFINITY : Date.parse(window.to),
  };
}

/**
 * Where the report's events lie: a report without a window ends with its last event, and a scheduled
 * run also counts calls from before its window, which another report may have counted.
 */
function eventsOf(report: Report): Interval {
  const { firstEvent, lastEvent } = report.coverage;
  const { from, to } = intervalOf(report);
  const first = firstEvent === null ? from : Math.max(from, Date.parse(firstEvent));
  const { late } = report;
  return {
    from: late === undefined || late.calls === 0 ? first : Math.min(first, Date.parse(late.from)),
    to: lastEvent === null ? to : Math.min(to, Date.parse(lastEvent) + 1000),
  };
}

/** Whether two reports, by their index, can hold an event of some moment, or of the given day. */
export type MayShare = (a: number, b: number, day?: string) => boolean;

export function sharingOf(reports: readonly Report[]): MayShare {
  const common = reports.map((one) => reports.map((other) => commonTime(one, other)));
  return (a, b, day) => {
    const { from, to } = common[a]?.[b] ?? NEVER;
    if (day === undefined) return from < to;
    const start = Date.parse(day);
    return Math.max(from, start) < Math.min(to, start + DAY_MS);
  };
}

const NEVER: Interval = { from: 0, to: 0 };

function commonTime(a: Report, b: Report): Interval {
  if (readOtherRegions(a, b)) return NEVER;
  const one = eventsOf(a);
  const other = eventsOf(b);
  return { from: Math.max(one.from, other.from), to: Math.min(one.to, other.to) };
}

function readOtherRegions(a: Report, b: Report): boolean {
  const one = new Set(a.sources.flatMap(({ regions }) => regions));
  const other = new Set(b.sources.flatMap(({ regions }) => regions));
  return one.size > 0 && other.size > 0 && [...one].every((region) => !other.has(region));
}

function ascending(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

/** In the order in which their events end, so that those apart can be found one after another. */
export function inOrder(reports: readonly Report[]): readonly Report[] {
  return reports
    .map((report) => ({ report, events: eventsOf(report) }))
    .toSorted(({ events: a }, { events: b }) => ascending(a.to, b.to) || ascending(a.from, b.from))
    .map(({ report }) => report);
}

/**
 * Puts things together that are linked, directly or through others. Parts and their members keep
 * the order of the input.
 */
export function linkedParts<T>(things: readonly T[], linked: (a: T, b: T) => boolean): T[][] {
  let parts: T[][] = [];
  for (const thing of things) {
    const touched = parts.filter((part) => part.some((member) => linked(member, thing)));
    const apart = parts.filter((part) => !touched.includes(part));
    parts = [...apart, [...touched.flat(), thing]];
  }
  return parts;
}

/** The parts of `whole` that no interval covers, in order. */
export function holesIn(whole: Interval, intervals: readonly Interval[]): Interval[] {
  const holes: Interval[] = [];
  let covered = whole.from;
  for (const { from, to } of intervals.toSorted((a, b) => a.from - b.from)) {
    if (from > covered) holes.push({ from: covered, to: from });
    covered = Math.max(covered, to);
  }
  return covered < whole.to ? [...holes, { from: covered, to: whole.to }] : holes;
}
