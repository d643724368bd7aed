/**
 * Scans files on worker threads, one a core. Results come in the order in which they are ready;
 * nothing after this depends on it.
 */
import { Worker } from 'node:worker_threads';
import type { Batch, Window } from '../../contracts.js';
import type { FileOutcome } from './read-file.js';
import type { Limits } from './scan.js';

export interface WorkerSetting {
  readonly window: Window;
  readonly limits: Limits;
}

/** What a worker has found, and, when it has read all files that it was sent, how that went. */
export interface Answer {
  readonly batch: Batch;
  readonly done: {
    readonly outcomes: readonly FileOutcome[];
    readonly milliseconds: number;
  } | null;
}

/** Messages waiting at a worker, so that it never idles while the main thread is busy. */
const QUEUED_A_WORKER = 2;

/**
 * Yields what is found at each path. Takes new paths only as results are consumed, so memory does
 * not grow with the number of files. Ends early when the signal fires.
 */
export async function* scanOnWorkers(
  paths: Iterator<string>,
  threads: number,
  setting: WorkerSetting,
  signal: AbortSignal,
): AsyncGenerator<Answer, void> {
  const pool = new Pool(paths, threads, setting);
  const stop = (): void => pool.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      pool.fill();
      const answer = await pool.next();
      if (answer === null) return;
      yield answer;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.close();
  }
}

class Pool {
  readonly #paths: Iterator<string>;
  readonly #workers: Worker[];
  /** Messages sent to each worker that are not answered. */
  readonly #load = new Map<Worker, number>();
  readonly #answers: { readonly worker: Worker; readonly answer: Answer | Error }[] = [];
  /** Paths in a message. */
  #portion = 1;
  #exhausted = false;
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(paths: Iterator<string>, threads: number, setting: WorkerSetting) {
    this.#paths = paths;
    this.#workers = Array.from({ length: threads }, () => this.#start(setting));
  }

  /** Hands out paths until every worker has enough to do or there are no more. */
  fill(): void {
    for (;;) {
      const worker = this.#workers.find((one) => this.#loadOf(one) < QUEUED_A_WORKER);
      if (worker === undefined || this.#exhausted) return;
      const portion = this.#take();
      if (portion.length === 0) return;
      this.#load.set(worker, this.#loadOf(worker) + 1);
      worker.postMessage(portion);
    }
  }

  /** Null when everything was answered, or when the pool was stopped. */
  async next(): Promise<Answer | null> {
    while (!this.#stopped) {
      const next = this.#answers.shift();
      if (next?.answer instanceof Error) throw next.answer;
      if (next?.answer.done === null) next.worker.postMessage(null);
      if (next !== undefined) return next.answer;
      if (this.#workers.every((worker) => this.#loadOf(worker) === 0)) return null;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return null;
  }

  /** What is being scanned is given up. */
  stop(): void {
    this.#stopped = true;
    this.#wake();
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()));
  }

  #take(): string[] {
    const portion: string[] = [];
    while (portion.length < this.#portion) {
      const next = this.#paths.next();
      if (next.done === true) {
        this.#exhausted = true;
        break;
      }
      portion.push(next.value);
    }
    return portion;
  }

  #start(setting: WorkerSetting): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: setting });
    worker.on('message', (answer: Answer) => this.#receive(worker, answer));
    worker.on('error', (error) => this.#receive(worker, error));
    return worker;
  }

  #receive(worker: Worker, answer: Answer | Error): void {
    if (!(answer instanceof Error) && answer.done !== null) {
      this.#load.set(worker, this.#loadOf(worker) - 1);
      this.#portion = nextPortion(this.#portion, answer.done.milliseconds);
    }
    this.#answers.push({ worker, answer });
    this.#wake();
  }

  #loadOf(worker: Worker): number {
    return this.#load.get(worker) ?? 0;
  }
}

/**
 * A message costs as much as scanning a small file, so a message holds as many as take a moment:
 * few enough that all workers end together.
 */
function nextPortion(portion: number, milliseconds: number): number {
  if (milliseconds < 10) return Math.min(portion * 2, 128);
  return milliseconds > 40 ? Math.ceil(portion / 2) : portion;
}
