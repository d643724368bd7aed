/**
 * What event selectors, of either generation, let through.
 */
import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import { STS } from '../cloudtrail/detection.js';
import type { Selection } from './facts.js';

export function selectionOf(
  selectors: readonly EventSelector[],
  advanced: readonly AdvancedEventSelector[],
): Selection {
  const parts = [...selectors.map(ofSelector), ...advanced.flatMap(ofAdvanced)];
  const management = parts.filter((part) => part.management !== 'none');
  const kinds = new Set(management.map((part) => part.management));
  const both = kinds.has('all') || (kinds.has('read') && kinds.has('write'));
  return {
    management: both ? 'all' : (management[0]?.management ?? 'none'),
    leavesOutSts: management.length > 0 && management.every((part) => part.leavesOutSts),
  };
}

const KINDS = { All: 'all', ReadOnly: 'read', WriteOnly: 'write' } as const;

function ofSelector(selector: EventSelector): Selection {
  const kind = KINDS[selector.ReadWriteType ?? 'All'];
  return {
    management: selector.IncludeManagementEvents === false ? 'none' : kind,
    leavesOutSts: selector.ExcludeManagementEventSources?.includes(STS) === true,
  };
}

function ofAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): Selection[] {
  const field = (name: string) => FieldSelectors.find(({ Field }) => Field === name);
  if (field('eventCategory')?.Equals?.includes('Management') !== true) return [];
  const readOnly = field('readOnly')?.Equals?.[0];
  const source = field('eventSource');
  const leavesOutSts =
    source?.NotEquals?.includes(STS) === true ||
    (source?.Equals !== undefined && !source.Equals.includes(STS));
  const kind = readOnly === 'true' ? 'read' : 'write';
  return [{ management: readOnly === undefined ? 'all' : kind, leavesOutSts }];
}
