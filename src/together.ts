/**
 * Work side by side, with a limit.
 */

/** Yields results; ends early when the signal says that nobody waits for more. */
export type Task<T, R> = (item: T, signal: AbortSignal) => AsyncGenerator<R, void>;

/**
 * Runs a task for each item, at most `limit` at a time, and yields results in the order in which
 * they are ready. A task goes on only when its last result was taken. When one rejects, the others
 * are told to end, and the whole rejects after they have.
 */
export async function* together<T, R>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  task: Task<T, R>,
): AsyncGenerator<R, void> {
  const stop = new AbortController();
  const running = new Map<AsyncGenerator<R, void>, Promise<Step<R>>>();
  const waiting = iterate(items);
  let exhausted = false;
  try {
    for (;;) {
      while (!exhausted && running.size < limit) {
        const next = await waiting.next();
        if (next.done === true) exhausted = true;
        else advance(running, task(next.value, stop.signal));
      }
      if (running.size === 0) return;
      const { work, result } = await Promise.race(running.values());
      running.delete(work);
      if (result.done === true) continue;
      yield result.value;
      advance(running, work);
    }
  } finally {
    stop.abort();
    await Promise.allSettled([...running].map(([work, step]) => step.then(() => work.return())));
  }
}

interface Step<R> {
  readonly work: AsyncGenerator<R, void>;
  readonly result: IteratorResult<R, void>;
}

function advance<R>(
  running: Map<AsyncGenerator<R, void>, Promise<Step<R>>>,
  work: AsyncGenerator<R, void>,
): void {
  const step = work.next().then((result) => ({ work, result }));
  // A rejection is seen when the step is raced for, which may be later than Node allows.
  step.catch(() => undefined);
  running.set(work, step);
}

async function* iterate<T>(items: Iterable<T> | AsyncIterable<T>): AsyncGenerator<T, void> {
  yield* items;
}
