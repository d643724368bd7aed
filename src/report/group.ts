/**
 * A group: hits with equal account, principal, client and VPC endpoint, or the calls of one AWS
 * service. Within it, cells tell apart what is counted exactly.
 */
import type { Client, Hit, Principal, SampleKind } from '../contracts.js';
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
  /** Digest of what the cell stands for. */
  readonly print: number;
}

/** A client and the text that tells it from others. */
export interface KeyedClient {
  readonly client: Client;
  readonly key: string;
}

/** Finds the cell of a hit, or makes it. */
export class Cells {
  readonly #groups = new Map<string, Group>();
  readonly #numbers = new Map<string, number>();
  readonly #cells: Cell[] = [];
  readonly #clientOf: (userAgent: string) => KeyedClient;

  constructor(clientOf: (userAgent: string) => KeyedClient) {
    this.#clientOf = clientOf;
  }

  /** All groups, in the order of their numbers. */
  get groups(): readonly Group[] {
    return [...this.#groups.values()];
  }

  at(number: number): Cell {
    const cell = this.#cells[number];
    if (cell === undefined) throw new RangeError(`no cell ${number}`);
    return cell;
  }

  numberOf(hit: Hit): number {
    const { client, key } = this.#clientOf(hit.userAgent);
    const groupKey = groupKeyOf(hit, key);
    const cellKey = groupKey + restOfCellKey(hit);
    const known = this.#numbers.get(cellKey);
    if (known !== undefined) return known;
    const group = this.#groups.get(groupKey) ?? toGroup(this.#groups.size, hit, client);
    this.#groups.set(groupKey, group);
    this.#numbers.set(cellKey, this.#cells.length);
    return this.#cells.push(toCell(hit, group, digest(0x811c_9dc5, cellKey))) - 1;
  }
}

function groupKeyOf(hit: Hit, clientKey: string): string {
  const { accountId, principal, awsService, vpcEndpointId } = hit;
  return awsService === null
    ? part(accountId) +
        part(principal.type) +
        part(principal.id) +
        part(clientKey) +
        part(vpcEndpointId)
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
  return { number, accountId, principal, client, vpcEndpointId, awsService, kept };
}
