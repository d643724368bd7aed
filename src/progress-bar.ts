/**
 * One line on standard error that says how far long work has come.
 */
import type { Progress } from './contracts.js';

const REDRAW_MS = 100;
const BAR_CELLS = 20;

export class ProgressBar {
  readonly #write: (text: string) => void;
  readonly #now: () => number;
  readonly #start: number;
  #drawn = Number.NEGATIVE_INFINITY;

  constructor(write: (text: string) => void, now: () => number) {
    this.#write = write;
    this.#now = now;
    this.#start = now();
  }

  update(step: Progress): void {
    const now = this.#now();
    if (now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    this.#write(`\r\u001b[2K${progressLine(step, (now - this.#start) / 1000)}`);
  }

  clear(): void {
    if (this.#drawn > 0) this.#write('\r\u001b[2K');
  }
}

/** `files ████░░ 120 of 400 · 1.2 GB · 410 MB/s · 00:12 left`; `seconds` since the start. */
export function progressLine(step: Progress, seconds: number): string {
  const share = shareOf(step);
  const parts = [
    `${step.done.toLocaleString('en-US')}${step.total === null ? '' : ` of ${step.total.toLocaleString('en-US')}`} ${step.unit}`,
    ...(step.bytes > 0
      ? [size(step.bytes), `${size(step.bytes / Math.max(seconds, 0.001))}/s`]
      : []),
    ...(share !== null && share > 0 ? [`${clock((seconds / share) * (1 - share))} left`] : []),
    ...(step.detail === undefined ? [] : [step.detail]),
  ];
  const filled = Math.round((share ?? 0) * BAR_CELLS);
  const bar = share === null ? '' : `${'█'.repeat(filled)}${'░'.repeat(BAR_CELLS - filled)} `;
  return `${step.source} ${bar}${parts.join(' · ')}`;
}

/** Bytes tell more than files, whose sizes differ. */
function shareOf({ done, total, bytes, totalBytes }: Progress): number | null {
  if (totalBytes !== null && totalBytes > 0) return Math.min(1, bytes / totalBytes);
  return total === null || total === 0 ? null : Math.min(1, done / total);
}

function size(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1);
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power]}`;
}

function clock(seconds: number): string {
  const hours = seconds >= 3600 ? `${Math.floor(seconds / 3600)}:` : '';
  return `${hours}${twoDigits((seconds / 60) % 60)}:${twoDigits(seconds % 60)}`;
}

function twoDigits(value: number): string {
  return String(Math.floor(value)).padStart(2, '0');
}
