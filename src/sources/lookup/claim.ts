import { CallError } from '../../aws/call.js';
import { toUserError } from '../../aws/failure.js';
import { UserError } from '../../errors.js';
import type { Journal } from './journal.js';

/**
 * Takes a resume file for an account: the event history is one account's, and a file that holds all
 * of it would answer for any other. False when nobody knows the account. Throws a UserError.
 */
export async function claim(
  journal: Journal,
  accountOf: () => Promise<string | null>,
): Promise<boolean> {
  const known = await journal.open();
  const account = await accountOf().catch((error: unknown) => {
    throw error instanceof CallError ? toUserError(error.failure, error) : error;
  });
  if (account === null) return false;
  if (known === null) await journal.begin(account);
  else if (known !== account) {
    throw new UserError(`the resume file is of account ${known}, not ${account}`, {
      hint: 'name another file with --resume',
    });
  }
  return true;
}
