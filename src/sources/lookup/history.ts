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
import { keyOf, recordOf, Tail, timeOf } from './tail.js';

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
/** Stands for the token that the last page of a slice has not: whether it was the last is not known. */
const UNPROVEN = 'lost';

/** Where an earlier run was in a slice, and the oldest events that it had seen. */
export interface Resumed {
  readonly token: string;
  readonly tail: Tail;
}

export class History {
  readonly #client: CloudTrailClient;
  readonly #context: Context;
  readonly #pace = new Pace(INTERVAL);

  constructor(client: CloudTrailClient, context: Context) {
    this.#client = client;
    this.#context = context;
  }

  /** The account whose history it is, as its newest events say; null when none does. */
  async account(): Promise<string | null> {
    const { Events = [] } = await this.#send({ MaxResults: PAGE });
    const accounts = Events.map(({ CloudTrailEvent }) => textOf(fieldsOf(recordOf(CloudTrailEvent))['recipientAccountId'])); // prettier-ignore
    return accounts.find((account) => account !== null && account !== '') ?? null;
  }

  /** Goes on where an earlier run was, or from the start when its token is no longer accepted. */
  async *pages(slice: Bounded, from?: Resumed): AsyncGenerator<EventPage, void> {
    if (from?.token === UNPROVEN) {
      if (await this.#hasMore(slice, from.tail)) yield* this.#read(slice);
      else yield this.#proof();
      return;
    }
    try {
      yield* this.#read(slice, from);
    } catch (error) {
      const refused = error instanceof CallError && error.failure.name === 'InvalidNextTokenException'; // prettier-ignore
      if (!refused) throw error;
      yield* this.#read(slice);
    }
  }

  async *#read(slice: Bounded, from?: Resumed): AsyncGenerator<EventPage, void> {
    const tail = from?.tail ?? new Tail();
    let token = from?.token ?? null;
    let before = '';
    let asked = 0;
    const read = async (next?: string): Promise<LookupEventsCommandOutput> => {
      asked = this.#now();
      return this.#ask(slice, next);
    };
    for await (const { Events, NextToken = '' } of pages(
      read,
      (page) => page.NextToken,
      from?.token,
    )) {
      // prettier-ignore
      if (Events === undefined) throw new LostPages('a page came without events');
      for (const event of Events) tail.add(event);
      // A page that comes twice, under another token, must not count twice.
      const keys = Events.map(keyOf);
      const isRepeated = !keys.includes('') && keys.join() === before;
      before = keys.join();
      const nextToken = NextToken === '' ? (tail.oldest === null ? null : UNPROVEN) : NextToken;
      yield { token, nextToken, asked, ...contentOf(isRepeated ? [] : Events) };
      token = nextToken;
    }
    if (tail.oldest === null) return;
    if (await this.#hasMore(slice, tail)) {
      throw new LostPages('the server gave no token for the rest');
    }
    yield this.#proof();
  }

  /**
   * A page without a token may be the last, or the server has lost the token: look. Where one second
   * fills a page, smaller pages are asked for, so that a token is needed for what is known already.
   */
  async #hasMore(slice: Bounded, tail: Tail): Promise<boolean> {
    const rest = { from: slice.from, to: (tail.oldest ?? slice.from) + 1 };
    const size = tail.size < PAGE ? PAGE : PAGE - 1;
    const read = async (next?: string): Promise<LookupEventsCommandOutput> => this.#ask(rest, next, size); // prettier-ignore
    const shown = new Tail();
    let isFull = false;
    for await (const { Events } of pages(read, (page) => page.NextToken)) {
      if (Events === undefined) throw new LostPages('a page came without events');
      if (Events.some((event) => tail.lacks(event))) return true;
      for (const event of Events) shown.add(event);
      isFull = Events.length >= size;
    }
    return isFull && shown.size < tail.size;
  }

  /** Says that the page before was the last. */
  #proof(): EventPage {
    return { token: UNPROVEN, nextToken: null, records: [], unreadable: 0, oldest: null, asked: this.#now() }; // prettier-ignore
  }

  #now(): number {
    return Math.floor(this.#context.now() / 1000);
  }

  async #ask(
    { from, to }: Bounded,
    token?: string,
    size = PAGE,
  ): Promise<LookupEventsCommandOutput> {
    return this.#send({
      LookupAttributes: [{ AttributeKey: 'EventSource' as const, AttributeValue: STS }],
      StartTime: new Date(from * 1000),
      // Both ends are inside.
      EndTime: new Date((to - 1) * 1000),
      MaxResults: size,
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
  const parsed = events.map(({ CloudTrailEvent }) => recordOf(CloudTrailEvent));
  const records = parsed.filter((record) => record !== null);
  const times = events.map(timeOf).filter((time) => time !== null);
  const oldest = times.length === 0 ? null : Math.min(...times);
  return { records, unreadable: parsed.length - records.length, oldest };
}
