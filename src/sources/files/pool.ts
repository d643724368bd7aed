/**
 * Scans files on worker threads, at most one a core unless told otherwise. Results come in the order in which they are ready;
 * nothing after this depends on it.
 */
import { Worker } from 'node:worker_threads';
import type { Batch, Window } from '../../contracts.js';
import { type Packed, unpack } from './packed.js';
import type { FileOutcome } from './read-file.js';
import type { Limits } from './scan.js';

export interface WorkerSetting {
  readonly window: Window;
  readonly limits: Limits;
}

/** What a worker has found, and, when it has read all files that it was sent, how that went. */
export interface Answer {
  readonly batch: Batch;
  readonly done: (Packed & { readonly milliseconds: number }) | null;
}

export interface Scanned {
  readonly batch: Batch;
  /** Of the files that were read to their end. */
  readonly outcomes: readonly FileOutcome[];
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
): AsyncGenerator<Scanned, void> {
  const pool = new Pool(paths, threads, setting);
  const stop = (): void => pool.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      pool.fill();
      const scanned = await pool.next();
      if (scanned === null) return;
      yield scanned;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.close();
  }
}

interface Received {
  readonly worker: Worker;
  readonly answer: Answer | Error;
}

class Pool {
  readonly #paths: Iterator<string>;
  readonly #threads: number;
  readonly #setting: WorkerSetting;
  readonly #workers: Worker[] = [];
  /** The messages sent to each worker that are not answered, oldest first. */
  readonly #sent = new Map<Worker, (readonly string[])[]>();
  readonly #answers: Received[] = [];
  /** Paths in a message. */
  #portion = 1;
  #exhausted = false;
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(paths: Iterator<string>, threads: number, setting: WorkerSetting) {
    this.#paths = paths;
    this.#threads = threads;
    this.#setting = setting;
  }

  /** Hands out paths until every worker has enough to do or there are no more. */
  fill(): void {
    for (;;) {
      const free = this.#free();
      const portion = free === null ? [] : this.#take();
      if (free === null || portion.length === 0) return;
      const worker = free === 'new' ? this.#start() : free;
      this.#sentTo(worker).push(portion);
      worker.postMessage(portion);
    }
  }

  /** Whoever can be sent more. A new worker takes ten megabytes, so only when no other is idle. */
  #free(): Worker | 'new' | null {
    const withLess = (messages: number): Worker | undefined =>
      this.#workers.find((worker) => this.#sentTo(worker).length < messages);
    const mayStart = this.#workers.length < this.#threads;
    return withLess(1) ?? (mayStart ? 'new' : (withLess(QUEUED_A_WORKER) ?? null));
  }

  /** Null when everything was answered, or when the pool was stopped. */
  async next(): Promise<Scanned | null> {
    while (!this.#stopped) {
      const next = this.#answers.shift();
      if (next !== undefined) return this.#accept(next);
      if (this.#workers.every((worker) => this.#sentTo(worker).length === 0)) return null;
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
    while (!this.#exhausted && portion.length < this.#portion) {
      const next = this.#paths.next();
      if (next.done === true) this.#exhausted = true;
      else portion.push(next.value);
    }
    return portion;
  }

  #start(): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), {
      workerData: this.#setting,
    });
    this.#workers.push(worker);
    worker.on('message', (answer: Answer) => this.#receive({ worker, answer }));
    worker.on('error', (error) => this.#receive({ worker, answer: error }));
    return worker;
  }

  #receive(received: Received): void {
    this.#answers.push(received);
    this.#wake();
  }

  #accept({ worker, answer }: Received): Scanned {
    if (answer instanceof Error) throw answer;
    const { batch, done } = answer;
    if (done === null) {
      worker.postMessage(null);
      return { batch, outcomes: [] };
    }
    this.#portion = nextPortion(this.#portion, done.milliseconds);
    return { batch, outcomes: unpack(this.#sentTo(worker).shift() ?? [], done) };
  }

  #sentTo(worker: Worker): (readonly string[])[] {
    const sent = this.#sent.get(worker) ?? [];
    this.#sent.set(worker, sent);
    return sent;
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
