/**
 * LookupEvents, page by page, at the pace that AWS allows.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
import {
  type CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { call, CallError } from '../../aws/call.js';
import { LostPages, pages } from '../../aws/tokens.js';
import { STS } from '../../cloudtrail/detection.js';
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
    const read = async (next?: string) => this.#ask(slice, next);
    for await (const { Events, NextToken } of pages(read, (page) => page.NextToken, first)) {
      if (Events === undefined) throw new LostPages('a page came without events');
      const nextToken = NextToken ?? null;
      const rest = nextToken === null ? await this.#unannounced(slice, Events) : null;
      yield toPage(Events, token, rest === null ? nextToken : LOST_TOKEN);
      if (rest !== null) yield* this.#read(rest);
      token = nextToken;
    }
  }

  /** A full page without a token may be the last, or the server has lost the token: look. */
  async #unannounced(slice: Bounded, events: readonly Event[]): Promise<Bounded | null> {
    const oldest = oldestOf(events);
    if (events.length < PAGE || oldest === null) return null;
    const rest = { from: slice.from, to: oldest + 1 };
    if (rest.to >= slice.to) throw new LostPages('one second fills a page, and no page follows');
    const known = new Set(events.map(({ EventId }) => EventId));
    const { Events = [] } = await this.#ask(rest);
    return Events.some(({ EventId }) => !known.has(EventId)) ? rest : null;
  }

  async #ask({ from, to }: Bounded, token?: string): Promise<LookupEventsCommandOutput> {
    const input = {
      LookupAttributes: [{ AttributeKey: 'EventSource' as const, AttributeValue: STS }],
      StartTime: new Date(from * 1000),
      // Both ends are inside.
      EndTime: new Date((to - 1) * 1000),
      MaxResults: PAGE,
      ...(token === undefined ? {} : { NextToken: token }),
    };
    const attempt = { action: 'cloudtrail:LookupEvents', resource: 'the account' };
    return call(this.#context, attempt, async (options) => {
      await this.#pace.turn(this.#context);
      return this.#client.send(new LookupEventsCommand(input), options);
    });
  }
}

function toPage(
  events: readonly Event[],
  token: string | null,
  nextToken: string | null,
): EventPage {
  const parsed = events.map(({ CloudTrailEvent }) => parse(CloudTrailEvent));
  const records = parsed.filter((record) => record !== null);
  return { token, nextToken, records, unreadable: parsed.length - records.length, oldest: oldestOf(events) }; // prettier-ignore
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
