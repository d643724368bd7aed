import { counted, number } from '../counted.js';

/** How numbers and times are written for people: the same everywhere, in English and UTC. */

export { counted, number };

/** `0.4%` under one percent, else whole percents; never 0% or 100% of what is only nearly that. */
export function percent(part: number, whole: number): string {
  if (part === 0 || whole === 0) return '0%';
  const share = (part / whole) * 100;
  if (share < 0.1) return 'under 0.1%';
  if (share < 1) return `${share.toFixed(1)}%`;
  return part === whole ? '100%' : `${Math.min(99, Math.round(share))}%`;
}

/** `2026-01-31`, or with the time when it is not midnight: `2026-01-31 06:30`. */
export function moment(time: string): string {
  const short = `${time.slice(0, 10)} ${time.slice(11, 16)}`;
  return short.replace(/ 00:00$/, '');
}

/** `3.5` or `12,000`: calls per day. */
export function rate(value: number): string {
  return value >= 100 ? number(Math.round(value)) : String(value);
}
