/**
 * Errors that a user can act on. Anything else that is thrown is a bug and shows its stack.
 */
export class UserError extends Error {
  /** What to try, in one line; null when the message says it all. */
  readonly hint: string | null;

  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'UserError';
    this.hint = options.hint ?? null;
  }
}

/**
 * A source that could not be read although nothing is set wrongly: its service or the network
 * failed. The run ends in a report that says so.
 */
export class Unavailable extends UserError {}

/** The message of whatever was thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/g, ' ').trim();
}

/** Whether an error is one of this program's own code; what comes from outside has a code or class. */
export function isBug(error: unknown): boolean {
  const isOfLanguage = [TypeError, RangeError, ReferenceError].some(
    (kind) => error instanceof kind,
  );
  return isOfLanguage && !(error instanceof Error && 'code' in error);
}
