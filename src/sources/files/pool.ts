/**
 * Scans files on worker threads, one a core. Results come in the order in which they are ready;
 * nothing after this depends on it.
 */
import { Worker } from 'node:worker_threads';
import type { Window } from '../../contracts.js';
import type { FileOutcome } from './read-file.js';
import type { Limits } from './stream.js';

export interface WorkerSetting {
  readonly window: Window;
  readonly limits: Limits;
}

/** Files waiting at a worker, so that it never idles while the main thread is busy. */
const QUEUED_A_WORKER = 4;

type Answer = { readonly outcome: FileOutcome } | { readonly error: unknown };

/**
 * Yields an outcome for each path. Takes new paths only as outcomes are consumed, so memory does
 * not grow with the number of files. Ends early when the signal fires.
 */
export async function* scanOnWorkers(
  paths: AsyncIterator<string>,
  threads: number,
  setting: WorkerSetting,
  signal: AbortSignal,
): AsyncGenerator<FileOutcome> {
  const pool = new Pool(threads, setting);
  const stop = (): void => pool.stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    let open = await pool.fill(paths, threads * QUEUED_A_WORKER);
    while (open > 0) {
      const outcome = await pool.next();
      if (outcome === null) return;
      yield outcome;
      open -= 1;
      open += await pool.fill(paths, 1);
    }
  } finally {
    signal.removeEventListener('abort', stop);
    await pool.close();
  }
}

class Pool {
  readonly #workers: Worker[];
  readonly #load = new Map<Worker, number>();
  readonly #answers: Answer[] = [];
  #wake: () => void = () => undefined;
  #stopped = false;

  constructor(threads: number, setting: WorkerSetting) {
    this.#workers = Array.from({ length: threads }, () => this.#start(setting));
  }

  /** Hands out up to `most` paths and returns how many there were. */
  async fill(paths: AsyncIterator<string>, most: number): Promise<number> {
    for (let taken = 0; taken < most; taken += 1) {
      const next = await paths.next();
      if (next.done === true) return taken;
      this.#send(next.value);
    }
    return most;
  }

  /** Null when the pool was stopped. */
  async next(): Promise<FileOutcome | null> {
    while (!this.#stopped) {
      const answer = this.#answers.shift();
      if (answer === undefined) await new Promise<void>((resolve) => (this.#wake = resolve));
      else if ('error' in answer) throw answer.error;
      else return answer.outcome;
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

  #start(setting: WorkerSetting): Worker {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: setting });
    this.#load.set(worker, 0);
    worker.on('message', (outcome: FileOutcome) => {
      this.#load.set(worker, (this.#load.get(worker) ?? 0) - 1);
      this.#answer({ outcome });
    });
    worker.on('error', (error) => this.#answer({ error }));
    return worker;
  }

  #answer(answer: Answer): void {
    this.#answers.push(answer);
    this.#wake();
  }

  #send(path: string): void {
    const [worker] = this.#workers.toSorted(
      (a, b) => (this.#load.get(a) ?? 0) - (this.#load.get(b) ?? 0),
    );
    if (worker === undefined) throw new RangeError('a pool needs at least one worker');
    this.#load.set(worker, (this.#load.get(worker) ?? 0) + 1);
    worker.postMessage(path);
  }
}
