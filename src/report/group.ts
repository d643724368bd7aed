/**
 * A group: hits with equal account, principal, client and VPC endpoint, or the calls of one AWS
 * service. Within it, cells tell apart what is counted exactly.
 */
import type { Client, Hit, Principal, SampleKind } from '../contracts.js';
import { KeptValues } from './kept-values.js';

export interface Group {
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
}

/** Finds the cell of a hit, or makes it. */
export class Cells {
  readonly #groups = new Map<string, Group>();
  readonly #numbers = new Map<string, number>();
  readonly #cells: Cell[] = [];
  readonly #clientOf: (userAgent: string) => { client: Client; key: string };

  constructor(clientOf: (userAgent: string) => { client: Client; key: string }) {
    this.#clientOf = clientOf;
  }

  get groups(): Iterable<Group> {
    return this.#groups.values();
  }

  at(number: number): Cell {
    const cell = this.#cells[number];
    if (cell === undefined) throw new RangeError(`no cell ${number}`);
    return cell;
  }

  numberOf(hit: Hit): number {
    const { client, key } = this.#clientOf(hit.userAgent);
    const groupKey =
      hit.awsService === null
        ? join(hit.accountId, hit.principal.type, hit.principal.id, key, hit.vpcEndpointId)
        : join('', hit.accountId, hit.awsService);
    const cellKey = join(groupKey, hit.copy, hit.operation, hit.errorCode, hit.servingRegion,
      hit.tlsVersion, hit.signals.join(), hit.disagrees ? '!' : ''); // prettier-ignore
    const known = this.#numbers.get(cellKey);
    if (known !== undefined) return known;
    this.#numbers.set(cellKey, this.#cells.length);
    return this.#cells.push(toCell(hit, this.#group(groupKey, hit, client))) - 1;
  }

  #group(key: string, hit: Hit, client: Client): Group {
    const known = this.#groups.get(key);
    if (known !== undefined) return known;
    const group = toGroup(hit, client);
    this.#groups.set(key, group);
    return group;
  }
}

function toCell(hit: Hit, group: Group): Cell {
  const { copy, operation, errorCode, servingRegion, tlsVersion, signals, disagrees } = hit;
  return { group, copy, operation, errorCode, servingRegion, tlsVersion, signals, disagrees };
}

function toGroup(hit: Hit, client: Client): Group {
  const { accountId, principal, vpcEndpointId, awsService } = hit;
  const kept = {
    userAgents: new KeptValues(),
    sourceAddresses: new KeptValues(),
    sessionNames: new KeptValues(),
    requestedSessionNames: new KeptValues(),
    targetRoles: new KeptValues(),
    issuedTo: new KeptValues(),
  };
  return { accountId, principal, client, vpcEndpointId, awsService, kept };
}

/** JSON keeps parts apart whatever text they hold. */
function join(...parts: readonly (string | null)[]): string {
  return JSON.stringify(parts);
}
