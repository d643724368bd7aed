import type { Note, Snippet } from '../advice.js';
import type { KnownClient } from '../knowledge-schema.js';

import { isLambda } from '../evidence.js';
import { isAtLeast, releaseIn } from '../version.js';
import { fill, fillSnippet, note, type Case } from './case.js';
import { shellSnippet } from './forms.js';
import { sourcesOf } from './settings.js';
import { forSystem } from './shells.js';

type Upgrade = NonNullable<KnownClient['upgrade']>;

/** The managed runtimes of these languages bring their own SDK. */
const BUNDLED = /^(?:Python|Node\.js|Ruby)/;

/** The entry whose upgrade cures this caller: the tool, else the SDK that it brings. */
function ownerOf({ behaviour: { product, rules } }: Case): KnownClient | undefined {
  return product?.kind === 'tool' && product.upgrade ? product : rules;
}

/** The caller's runtime when it is too old for the upgrade; null when it is not, or not known. */
function oldRuntime({ facts }: Case, { needs }: Upgrade): string | null {
  const { runtime } = facts.client;
  if (!needs || runtime?.startsWith(`${needs.runtime} `) !== true) return null;
  return isAtLeast(runtime.slice(needs.runtime.length + 1), needs.from) ? null : runtime;
}

/** Whether the upgrade asks for a newer runtime than the caller has. */
export function isUpgradeBlocked(one: Case): boolean {
  const upgrade = ownerOf(one)?.upgrade;
  return upgrade !== undefined && oldRuntime(one, upgrade) !== null;
}

function titleOf({ to, of, effort }: Upgrade): string {
  if (effort === 'port') return `Port the program to ${of}`;
  return to === null ? `Upgrade ${of}` : `Upgrade ${of} to ${to} or later`;
}

function needsText(one: Case, upgrade: Upgrade): string {
  const { needs } = upgrade;
  if (!needs) return '';
  const wanted = ` It needs ${needs.runtime} ${needs.from} or later`;
  const old = oldRuntime(one, upgrade);
  if (old === null) return one.facts.client.runtime === null ? `${wanted}.` : '';
  const otherwise = needs.otherwise === undefined ? '' : ` (${needs.otherwise})`;
  return `${wanted}, and this caller runs ${old}: update that first${otherwise}, or take another way.`;
}

function placeText({ facts }: Case): string {
  return isLambda(facts) && BUNDLED.test(facts.client.runtime ?? '')
    ? ' In Lambda, package it with the function: the copy in the managed runtime is not yours to update.'
    : '';
}

/** A client that is Regional by default still goes global without a Region. */
function regionSnippet(one: Case): Snippet[] {
  const { endpoint } = one.behaviour;
  const variable = endpoint?.withoutRegion === 'global' ? endpoint.regionVariable : null;
  if (variable === null || isLambda(one.facts) || one.behaviour.product?.kind === 'tool') return [];
  return [shellSnippet([[variable, one.region]], one, 'and a Region, unless it has one')];
}

/** The upgrade that cures it by itself; null when there is none, or it is done. */
export function upgradeStep(one: Case, effort: Upgrade['effort']): Note | null {
  const { behaviour, facts, region } = one;
  const owner = ownerOf(one);
  const upgrade = owner?.upgrade;
  if (!owner || upgrade?.effort !== effort || (behaviour.mode === 'regional' && !behaviour.pin))
    return null;
  // Whoever runs a tool does not own its code.
  if (effort === 'port' && behaviour.product?.kind === 'tool') return null;
  const version = releaseIn(owner.sdk ? facts.client.sdkVersion : facts.client.version);
  if (upgrade.to !== null && version !== null && isAtLeast(version, upgrade.to)) return null;
  const isUpdate = effort === 'update';
  return note(
    titleOf(upgrade),
    fill(upgrade.detail, region) + needsText(one, upgrade) + placeText(one),
    [
      ...(upgrade.command ? forSystem([fillSnippet(upgrade.command, region)], one.system) : []),
      ...(isUpdate ? regionSnippet(one) : []),
    ],
    sourcesOf(owner),
  );
}
