/** Of 1970 to 2099: rows are kept in unsigned 32-bit words. */
const SHAPE =
  /^((?:19[7-9]|20\d)\d-\d{2}-\d{2})[T ]((?:[01]\d|2[0-3]):\d{2}:\d{2})(?:\.\d{1,9})? ?(Z|UTC|[+-](?:0\d|1[0-3]):?[0-5]\d)?$/;

/**
 * Seconds since 1970 of an event time, or null when it is not a date and time. CloudTrail writes
 * `2023-07-10T11:42:18Z`; SIEM exports write a blank for the T, add fractions, and leave out the
 * zone, which is UTC then. Fractions are cut: CloudTrail's own resolution is one second. The audit
 * query of Athena reads the same forms.
 */
export function parseEventTime(value: unknown): number | null {
  const parts = typeof value === 'string' ? SHAPE.exec(value) : null;
  if (parts === null) return null;
  const [, date = '', time, zone] = parts;
  if (!isOfCalendar(date)) return null;
  const offset = zone === undefined || zone === 'UTC' ? 'Z' : zone;
  const seconds = Date.parse(`${date}T${time}${offset}`) / 1000;
  return seconds >= 0 ? seconds : null;
}

/** Date.parse takes the 30th of February for the 2nd of March. */
function isOfCalendar(date: string): boolean {
  const day = Number(date.slice(8));
  return day <= 28 || new Date(Date.parse(date)).getUTCDate() === day;
}

/** ISO 8601 in UTC, to the second: `2023-07-10T11:42:18Z`. */
export function formatTime(seconds: number): string {
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}Z`;
}

/** The UTC day, `2023-07-10`. */
export function formatDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
