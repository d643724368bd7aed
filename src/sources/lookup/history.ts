/**
 * LookupEvents, page by page, at the pace that AWS allows.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import {
  type CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { call, CallError } from '../../aws/call.js';
import { LostPages, pages } from '../../aws/tokens.js';
import { STS } from '../../cloudtrail/detection.js';
import { fieldsOf, textOf } from '../../cloudtrail/fields.js';
import type { Context } from '../../contracts.js';
import type { Bounded } from '../bounded.js';
import { Pace } from './pace.js';

export interface EventPage {
  readonly token: string | null;
  readonly nextToken: string | null;
  readonly records: readonly unknown[];
  /** Events that came without their record. */
  readonly unreadable: number;
  /** Time of the oldest event, in seconds; null when there is none. */
  readonly oldest: number | null;
  /** When it was asked for, in seconds. */
  readonly asked: number;
}

/** Two requests a second, for an account and Region. */
const INTERVAL = 500;
const PAGE = 50;
/** Stands for a token that the server did not give: a resumed run begins the slice again. */
const LOST_TOKEN = 'lost';

export class History {
  readonly #client: CloudTrailClient;
  readonly #context: Context;
  readonly #pace = new Pace(INTERVAL);

  constructor(client: CloudTrailClient, context: Context) {
    this.#client = client;
    this.#context = context;
  }

  /** The account whose history it is, as its newest event says; '' when there is none. */
  async account(): Promise<string> {
    const { Events = [] } = await this.#send({ MaxResults: 1 });
    return textOf(fieldsOf(parse(Events[0]?.CloudTrailEvent))['recipientAccountId']) ?? '';
  }

  /** Goes on from a token, or from the start when the token is no longer accepted. */
  async *pages(slice: Bounded, first?: string): AsyncGenerator<EventPage, void> {
    try {
      yield* this.#read(slice, first);
    } catch (error) {
      const refused = error instanceof CallError && error.failure.name === 'InvalidNextTokenException'; // prettier-ignore
      if (!refused) throw error;
      yield* this.#read(slice);
    }
  }

  async *#read(slice: Bounded, first?: string): AsyncGenerator<EventPage, void> {
    let token = first ?? null;
    let before = '';
    let asked = 0;
    const read = async (next?: string): Promise<LookupEventsCommandOutput> => {
      asked = Math.floor(this.#context.now() / 1000);
      return this.#ask(slice, next);
    };
    for await (const { Events, NextToken } of pages(read, (page) => page.NextToken, first)) {
      if (Events === undefined) throw new LostPages('a page came without events');
      // A page that comes twice, under another token, must not count twice.
      const ids = Events.map(({ EventId }) => EventId).join();
      if (ids === before && ids !== '') continue;
      before = ids;
      const nextToken = NextToken ?? null;
      const isLost = nextToken === null && (await this.#hasMore(slice, Events));
      yield { token, nextToken: isLost ? LOST_TOKEN : nextToken, asked, ...contentOf(Events) };
      if (isLost) throw new LostPages('the server gave no token for the rest');
      token = nextToken;
    }
  }

  /** A full page without a token may be the last, or the server has lost the token: look. */
  async #hasMore(slice: Bounded, events: readonly Event[]): Promise<boolean> {
    const oldest = oldestOf(events);
    if (events.length < PAGE || oldest === null) return false;
    const known = new Set(events.map(({ CloudTrailEvent }) => CloudTrailEvent));
    const { Events = [] } = await this.#ask({ from: slice.from, to: oldest + 1 });
    return Events.some(({ CloudTrailEvent }) => !known.has(CloudTrailEvent));
  }

  async #ask({ from, to }: Bounded, token?: string): Promise<LookupEventsCommandOutput> {
    return this.#send({
      LookupAttributes: [{ AttributeKey: 'EventSource' as const, AttributeValue: STS }],
      StartTime: new Date(from * 1000),
      // Both ends are inside.
      EndTime: new Date((to - 1) * 1000),
      MaxResults: PAGE,
      ...(token === undefined ? {} : { NextToken: token }),
    });
  }

  async #send(input: LookupEventsCommandInput): Promise<LookupEventsCommandOutput> {
    const attempt = { action: 'cloudtrail:LookupEvents', resource: 'the account' };
    return call(this.#context, attempt, async (options) => {
      await this.#pace.turn(this.#context);
      return this.#client.send(new LookupEventsCommand(input), options);
    });
  }
}

function contentOf(events: readonly Event[]): Pick<EventPage, 'records' | 'unreadable' | 'oldest'> {
  const parsed = events.map(({ CloudTrailEvent }) => parse(CloudTrailEvent));
  const records = parsed.filter((record) => record !== null);
  return { records, unreadable: parsed.length - records.length, oldest: oldestOf(events) };
}

function oldestOf(events: readonly Event[]): number | null {
  const times = events.flatMap(({ EventTime }) => (EventTime === undefined ? [] : EventTime.getTime())); // prettier-ignore
  return times.length === 0 ? null : Math.floor(Math.min(...times) / 1000);
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
