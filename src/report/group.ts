/**
 * A group: hits with equal account, principal, client and VPC endpoint, or the calls of one AWS
 * service. Within it, cells tell apart what is counted exactly.
 */
import type { Client, Hit, Principal } from '../contracts.js';
import type { SampleKind } from '../samples.js';
import { digest } from './fingerprint.js';
import { KeptValues } from './kept-values.js';

export interface Group {
  /** Groups are numbered from 0 in the order they come. */
  readonly number: number;
  readonly accountId: string;
  readonly principal: Principal;
  readonly client: Client;
  readonly vpcEndpointId: string | null;
  /** Set when an AWS service made the calls; the group is then nobody's to change. */
  readonly awsService: string | null;
  readonly kept: Readonly<Record<SampleKind, KeptValues>>;
  /** Set when the group is counted as a part of another one. */
  partOf: Group | null;
}

/** Calls of one group that are alike in everything that is counted exactly. */
export interface Cell {
  readonly group: Group;
  readonly copy: Hit['copy'];
  readonly operation: string;
  readonly errorCode: string | null;
  readonly servingRegion: string | null;
  readonly tlsVersion: string | null;
  readonly signals: Hit['signals'];
  readonly disagrees: boolean;
  /** Digest of what the cell stands for, apart from the client. */
  readonly print: number;
}

/** A client and the text that tells it from others. */
export interface KeyedClient {
  readonly client: Client;
  readonly key: string;
}

/**
 * A caller chooses its user agent. One that sends a new one with every call must not fill the memory
 * with findings, so all that one caller has sent are then one client.
 */
export const MOST_CLIENTS = 1000;

/** Finds the cell of a hit, or makes it. */
export class Cells {
  readonly #groups = new Map<string, Group>();
  /** Groups by caller, and the one group of callers with too many clients. */
  readonly #clients = new Map<string, Group[]>();
  readonly #manyClients = new Map<string, Group>();
  readonly #numbers = new Map<string, number>();
  readonly #cells: Cell[] = [];
  readonly #clientOf: (userAgent: string) => KeyedClient;

  constructor(clientOf: (userAgent: string) => KeyedClient) {
    this.#clientOf = clientOf;
  }

  /** How many numbers of groups there are. */
  get size(): number {
    return this.#groups.size;
  }

  /** The groups that are no parts of others, each with its parts. */
  groups(): ReadonlyMap<Group, readonly Group[]> {
    const groups = new Map<Group, Group[]>();
    for (const group of this.#groups.values()) {
      const whole = group.partOf ?? group;
      const parts = groups.get(whole);
      if (parts === undefined) groups.set(whole, [group]);
      else parts.push(group);
    }
    return groups;
  }

  at(number: number): Cell {
    const cell = this.#cells[number];
    if (cell === undefined) throw new RangeError(`no cell ${number}`);
    return cell;
  }

  numberOf(hit: Hit): number {
    const caller = callerKeyOf(hit);
    const many = this.#manyClients.get(caller);
    const { client, key } = many === undefined ? this.#clientOf(hit.userAgent) : MANY;
    const groupKey = hit.awsService === null ? caller + part(key) : caller;
    const rest = restOfCellKey(hit);
    const cellKey = groupKey + rest;
    const known = this.#numbers.get(cellKey);
    if (known !== undefined) return known;
    const group = this.#groups.get(groupKey) ?? this.#addGroup(hit, client, { caller, groupKey });
    this.#numbers.set(cellKey, this.#cells.length);
    return this.#cells.push(toCell(hit, group, digest(0x811c_9dc5, caller + rest))) - 1;
  }

  #addGroup(hit: Hit, client: Client, keys: { caller: string; groupKey: string }): Group {
    const group = toGroup(this.#groups.size, hit, client);
    this.#groups.set(keys.groupKey, group);
    if (hit.awsService !== null || client === MANY.client) return group;
    const siblings = this.#clients.get(keys.caller) ?? [];
    this.#clients.set(keys.caller, siblings);
    siblings.push(group);
    if (siblings.length > MOST_CLIENTS) this.#fold(hit, keys.caller, siblings);
    return group;
  }

  #fold(hit: Hit, caller: string, siblings: readonly Group[]): void {
    const groupKey = caller + part(MANY.key);
    const many = this.#addGroup(hit, MANY.client, { caller, groupKey });
    for (const group of siblings) group.partOf = many;
    this.#manyClients.set(caller, many);
    this.#clients.delete(caller);
  }
}

const MANY: KeyedClient = {
  client: {
    product: `more than ${MOST_CLIENTS} different clients`,
    version: null,
    sdk: null,
    sdkVersion: null,
    runtime: null,
    executionEnvironment: null,
    applicationId: null,
    endpointOverride: false,
  },
  // No user agent is without text, so no client has this key.
  key: 'many',
};

/** Calls of an AWS service are one group, whatever the client. */
function callerKeyOf(hit: Hit): string {
  const { accountId, principal, awsService, vpcEndpointId } = hit;
  return awsService === null
    ? part(accountId) + part(principal.type) + part(principal.id) + part(vpcEndpointId)
    : part(null) + part(accountId) + part(awsService);
}

function restOfCellKey(hit: Hit): string {
  const { copy, operation, errorCode, servingRegion, tlsVersion, signals, disagrees } = hit;
  const texts = part(operation) + part(errorCode) + part(servingRegion) + part(tlsVersion);
  return `${texts}${copy} ${signals.join()} ${disagrees}`;
}

/** The length keeps parts apart whatever text they hold. This runs for every hit. */
function part(text: string | null): string {
  return text === null ? '-' : `${text.length}:${text}`;
}

function toCell(hit: Hit, group: Group, print: number): Cell {
  const { copy, operation, errorCode, servingRegion, tlsVersion, signals, disagrees } = hit;
  return {
    group,
    copy,
    operation,
    errorCode,
    servingRegion,
    tlsVersion,
    signals,
    disagrees,
    print,
  };
}

function toGroup(number: number, hit: Hit, client: Client): Group {
  const { accountId, principal, vpcEndpointId, awsService } = hit;
  const kept = {
    userAgents: new KeptValues(),
    sourceAddresses: new KeptValues(),
    sessionNames: new KeptValues(),
    requestedSessionNames: new KeptValues(),
    targetRoles: new KeptValues(),
    issuedTo: new KeptValues(),
  };
  return {
    number,
    accountId,
    principal,
    client,
    vpcEndpointId,
    awsService,
    kept,
    partOf: null,
  };
}
