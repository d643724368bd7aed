/**
 * How much a query would read, by listing the objects of the partitions that it reads. Athena's own
 * EXPLAIN knows no sizes of external tables without statistics.
 */
import type { S3Client } from '@aws-sdk/client-s3';
import { CallError } from '../../aws/call.js';
import { LostPages } from '../../aws/tokens.js';
import { parseLogPath, type Selection } from '../../cloudtrail/log-path.js';
import type { Context } from '../../contracts.js';
import { ARCHIVES, type ListedObject, listObjects } from '../s3/list.js';
import { type Location, parseLocation } from '../s3/location.js';
import type { Plan } from './plan.js';
import type { Table } from './table.js';

/** Of columns that are kept apart, a query reads those that it names. */
const COLUMNAR = /parquet|orc/i;
const FORMAT_PROPERTIES = ['classification', 'inputformat', 'serde.serialization.lib'];

export interface Estimate {
  /** Of objects that the query reads; of all objects, where it is not known which: then at most. */
  readonly bytes: number;
  /** Listing stopped as soon as there was more than the limit. */
  readonly over: boolean;
}

/** Objects that the engine passes over without a word, since they are in an archive. */
export interface PassedOver {
  objects: number;
  /** Whether some of them may be of days or Regions that the query does not read. */
  isAtMost: boolean;
}

type Chosen = Pick<Selection, 'window' | 'accounts' | 'deliveredUntil'>;

/** Without an estimate, the reason why there is none. Archived objects are counted in `archived`. */
export async function estimateScan(
  s3: S3Client,
  plan: Plan,
  chosen: Chosen & { readonly limit: number },
  archived: PassedOver,
  context: Context,
): Promise<Estimate | string> {
  const location = locationOf(plan.table);
  if (location === null) return 'the table does not say where its objects are';
  let bytes = 0;
  let isAtMost = isColumnar(plan.table);
  let trouble: string | null = null;
  const listing = {
    selection: selectionOf(plan, chosen),
    requesterPays: false,
    skipped: () => undefined,
    failed: (error: unknown) => {
      if (!(error instanceof CallError || error instanceof LostPages)) throw error;
      trouble = 'its objects could not be listed';
    },
  };
  for await (const object of listObjects(s3, location, listing, context)) {
    // Of objects in a layout that is not AWS's, the query may read a part.
    const mayBeLeft = parseLogPath(object.key).deliveryDay === null && (plan.prunesDays || plan.prunesRegions); // prettier-ignore
    if (isPassedOver(object, plan.table)) {
      archived.objects += 1;
      archived.isAtMost ||= mayBeLeft;
      continue;
    }
    bytes += object.size;
    isAtMost ||= mayBeLeft;
    if (bytes <= chosen.limit) continue;
    return isAtMost ? 'which of its objects or columns are read is not known' : { bytes, over: true }; // prettier-ignore
  }
  if (trouble === null && bytes === 0 && archived.objects === 0)
    trouble = 'nothing of those days is below its location';
  return trouble ?? { bytes, over: false };
}

/** Folders that the query passes over for its conditions on partitions. */
function selectionOf(
  { prunesDays, prunesRegions }: Plan,
  { window, accounts, deliveredUntil }: Chosen,
): Selection {
  return {
    window: prunesDays ? window : { from: null, to: null },
    deliveredUntil,
    allRegions: !prunesRegions,
    accounts,
  };
}

/** https://docs.aws.amazon.com/athena/latest/ug/querying-glacier.html */
function isPassedOver({ storageClass, isRestored }: ListedObject, { properties }: Table): boolean {
  const readsRestored = properties['read_restored_glacier_objects']?.toLowerCase() === 'true';
  return ARCHIVES.has(storageClass) && !(isRestored && readsRestored);
}

function isColumnar({ properties }: Table): boolean {
  return FORMAT_PROPERTIES.some((name) => COLUMNAR.test(properties[name] ?? ''));
}

/** With partition projection, a template may place objects elsewhere than the table's location. */
function locationOf({ properties }: Table): Location | null {
  const [template] = properties['storage.location.template']?.split('${') ?? [];
  const location = template ?? properties['location'];
  return location?.startsWith('s3://') === true ? parseLocation(location) : null;
}
