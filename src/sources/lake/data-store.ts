import { UserError } from '../../errors.js';

/** An event data store; an ARN says where it is, and whose. */
export interface DataStore {
  readonly id: string;
  readonly region: string | null;
  readonly account: string | null;
}

/** Reads an id or an ARN. Throws a UserError. */
export function parseDataStore(text: string): DataStore {
  const [, region, account, ofArn] =
    /^arn:aws[a-z-]*:cloudtrail:([a-z0-9-]+):(\d{12}):eventdatastore\/([^/]+)$/.exec(text) ?? [];
  const id = ofArn ?? text;
  if (/^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(id)) {
    return { id, region: region ?? null, account: account ?? null };
  }
  throw new UserError(`not an event data store: ${text}`, {
    hint: 'write its id, or arn:aws:cloudtrail:REGION:ACCOUNT:eventdatastore/ID',
  });
}
