/**
 * A file that keeps what LookupEvents has answered, page by page: a run of hours that was
 * interrupted goes on where it was. Of each record only what the audit reads is kept; session
 * tokens, which are in the records, never are. Its first line says whose history it holds.
 */
import { createReadStream } from 'node:fs';
import { appendFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Fields, fieldsOf } from '../../cloudtrail/fields.js';
import { normalise } from '../../cloudtrail/normalise.js';
import { messageOf, UserError } from '../../errors.js';
import { lock } from '../../lock.js';

const page = z.object({
  /** The slice of time that was asked for, in seconds. */
  from: z.number(),
  to: z.number(),
  /** Of this page, and of the one after it; null for the first, and after the last. */
  token: z.string().nullable(),
  nextToken: z.string().nullable(),
  records: z.array(z.unknown()).readonly(),
  /** How many events of it came without a record that can be read. */
  unreadable: z.number(),
  /** Time of its oldest event, in seconds; null when there is none. */
  oldest: z.number().nullable(),
  /** When it was asked for, in seconds: events come minutes late. */
  asked: z.number(),
});
export type JournalPage = Readonly<z.infer<typeof page>>;

export interface Journal {
  /**
   * Takes the file for this run. Resolves to the account whose history it holds, or null when it is
   * new. Throws a UserError when it is something else, or another run uses it.
   */
  open(): Promise<string | null>;
  /** Makes a new file the one of an account. */
  begin(account: string): Promise<void>;
  /** What was kept, in the order of asking. */
  pages(): AsyncGenerator<JournalPage, void>;
  add(page: JournalPage): Promise<void>;
  close(): Promise<void>;
}

const JOURNAL = 'legacy-endpoint-audit lookup';
const VERSION = 1;
const header = z.object({
  journal: z.literal(JOURNAL),
  version: z.literal(VERSION),
  account: z.string().min(1),
});

export function fileJournal(path: string): Journal {
  let release = async (): Promise<void> => undefined;
  return {
    open: async () => {
      release = await lock(path, {
        name: `the resume file ${path}`,
        otherwise: 'name another file with --resume',
      });
      return accountOf(path);
    },
    begin: async (account) => write(path, JSON.stringify({ journal: JOURNAL, version: VERSION, account })), // prettier-ignore
    pages: () => read(path),
    // A line that an interruption has torn ends here.
    add: async (added) =>
      write(path, `\n${JSON.stringify({ ...added, records: added.records.map(slim) })}`),
    close: async () => release(),
  };
}

/** Null when there is no file, or an empty one. */
async function accountOf(path: string): Promise<string | null> {
  const status = await stat(path).catch(() => null);
  if (status === null || status.size === 0) return null;
  for await (const line of linesOf(path)) {
    const known = header.safeParse(parse(line)).data;
    if (known !== undefined) return known.account;
    break;
  }
  throw new UserError(`${path} is not a resume file of this program`, {
    hint: 'name a new file with --resume',
  });
}

async function* read(path: string): AsyncGenerator<JournalPage, void> {
  for await (const line of linesOf(path)) {
    // Pages that cannot be read are asked for again: see Replay.
    const kept = page.safeParse(parse(line)).data;
    if (kept !== undefined) yield kept;
  }
}

function linesOf(path: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(path) });
}

async function write(path: string, text: string): Promise<void> {
  try {
    await appendFile(path, text, { mode: 0o600 });
  } catch (error) {
    throw new UserError(`cannot write to ${path}: ${messageOf(error)}`, {
      hint: 'name another file with --resume',
      cause: error,
    });
  }
}

const OF_EVENTS = ['eventSource', 'eventID', 'eventTime', 'recipientAccountId', 'eventCategory', 'sourceIPAddress', 'tlsDetails', 'additionalEventData']; // prettier-ignore
const OF_CALLS = [...OF_EVENTS, 'eventName', 'errorCode', 'errorMessage', 'userAgent', 'vpcEndpointId', 'sharedEventID', 'addendum', 'resources', 'userIdentity']; // prettier-ignore

/** What the audit reads of a record. */
function slim(value: unknown): Fields {
  const record = fieldsOf(value);
  const result = normalise(record);
  const isCall = result.kind !== 'event' || result.event.hit !== null;
  const { type, accountId, invokedBy } = fieldsOf(record['userIdentity']);
  const { roleArn, roleSessionName, durationSeconds } = fieldsOf(record['requestParameters']);
  return isCall
    ? {
        ...pick(record, OF_CALLS),
        requestParameters: { roleArn, roleSessionName, durationSeconds },
      }
    : { ...pick(record, OF_EVENTS), userIdentity: { type, accountId, invokedBy } };
}

function pick(record: Fields, names: readonly string[]): Fields {
  return Object.fromEntries(names.map((name) => [name, record[name]]));
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
