/**
 * How log groups are named: by name, or by ARN when a monitoring account reads another's.
 */
import { UserError } from '../../errors.js';

export interface LogGroup {
  /** As the API takes it: an ARN without its final `:*`, or a name. */
  readonly id: string;
  readonly name: string;
  /** Null for a name: the account and Region of the client. */
  readonly accountId: string | null;
  readonly region: string | null;
}

const NAME = /^[A-Za-z0-9_./#-]{1,512}$/;
const ARN =
  /^arn:aws[a-z-]*:logs:([a-z0-9-]+):(\d{12}):log-group:([A-Za-z0-9_./#-]{1,512})(?::\*)?$/;

/** Throws a UserError. */
export function parseLogGroup(text: string): LogGroup {
  const [, region, accountId, name] = ARN.exec(text) ?? [];
  if (region !== undefined && accountId !== undefined && name !== undefined) {
    return { id: text.replace(/:\*$/, ''), name, accountId, region };
  }
  if (NAME.test(text)) return { id: text, name: text, accountId: null, region: null };
  throw new UserError(`not a log group: ${text}`, {
    hint: 'write its name, or arn:aws:logs:REGION:ACCOUNT:log-group:NAME',
  });
}
