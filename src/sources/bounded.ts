import type { Context, Window } from '../contracts.js';
import { UserError } from '../errors.js';

/** A window with both ends, in seconds. */
export interface Bounded {
  readonly from: number;
  readonly to: number;
}

/**
 * Engines charge for what they scan, so the start must be said; the end may be now. Throws a
 * UserError.
 */
export function boundedWindow(window: Window, context: Pick<Context, 'now'>): Bounded {
  const { from } = window;
  const to = window.to ?? Math.ceil(context.now() / 1000);
  if (from === null) {
    throw new UserError('no start of the window is given', {
      hint: 'name it with --from or --since: what is scanned is charged for',
    });
  }
  if (from < to) return { from, to };
  throw new UserError('the window lies in the future', { hint: 'name an earlier --from' });
}
