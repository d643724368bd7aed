/**
 * What event selectors, of either generation, let through of the events of STS. An event is logged
 * when any selector takes it.
 */
import type {
  AdvancedEventSelector,
  AdvancedFieldSelector,
  EventSelector,
} from '@aws-sdk/client-cloudtrail';
import { STS } from '../cloudtrail/detection.js';
import type { Selection } from './facts.js';

/** One selector of management events. */
interface Part {
  readonly kind: 'all' | 'read' | 'write';
  readonly takesSts: boolean;
  /** Fields that it chooses by besides: what they leave out is not known. */
  readonly narrowedBy: readonly string[];
}

export function selectionOf(
  selectors: readonly EventSelector[],
  advanced: readonly AdvancedEventSelector[],
): Selection {
  const management = [...selectors.flatMap(ofSelector), ...advanced.flatMap(ofAdvanced)];
  const parts = management.filter(({ takesSts }) => takesSts);
  const whole = parts.filter(({ narrowedBy }) => narrowedBy.length === 0);
  const logged = kindOf(parts);
  return {
    management: management.length === 0 ? 'none' : (logged ?? 'all'),
    leavesOutSts: management.length > 0 && logged === null,
    // Selectors that take all of it make narrower ones beside them harmless.
    narrowedBy: kindOf(whole) === logged ? [] : [...new Set(parts.flatMap((part) => part.narrowedBy))].toSorted(), // prettier-ignore
  };
}

/** Of all selectors together; null when there is none. */
function kindOf(parts: readonly Part[]): Part['kind'] | null {
  const kinds = new Set(parts.map(({ kind }) => kind));
  if (kinds.has('all') || (kinds.has('read') && kinds.has('write'))) return 'all';
  return parts[0]?.kind ?? null;
}

const KINDS = { All: 'all', ReadOnly: 'read', WriteOnly: 'write' } as const;

function ofSelector(selector: EventSelector): Part[] {
  if (selector.IncludeManagementEvents === false) return [];
  const takesSts = selector.ExcludeManagementEventSources?.includes(STS) !== true;
  return [{ kind: KINDS[selector.ReadWriteType ?? 'All'], takesSts, narrowedBy: [] }];
}

const UNDERSTOOD = new Set(['eventCategory', 'readOnly', 'eventSource']);

function ofAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): Part[] {
  const takes = (name: string, value: string): boolean =>
    FieldSelectors.filter(({ Field }) => Field === name).every((field) => matches(field, value));
  if (!takes('eventCategory', 'Management')) return [];
  const [read, write] = [takes('readOnly', 'true'), takes('readOnly', 'false')];
  if (!read && !write) return [];
  const one = read ? 'read' : 'write';
  const fields = FieldSelectors.map(({ Field = '' }) => Field);
  return [
    {
      kind: read && write ? 'all' : one,
      takesSts: takes('eventSource', STS),
      narrowedBy: fields.filter((field) => !UNDERSTOOD.has(field)),
    },
  ];
}

/** Of values that are wanted one suffices; none that is not wanted may fit. */
function matches(field: AdvancedFieldSelector, value: string): boolean {
  const { Equals = [], StartsWith = [], EndsWith = [], NotEquals = [], NotStartsWith = [], NotEndsWith = [] } = field; // prettier-ignore
  const fits = (equals: string[], starts: string[], ends: string[]): boolean =>
    equals.includes(value) ||
    starts.some((text) => value.startsWith(text)) ||
    ends.some((text) => value.endsWith(text));
  const wantsSome = Equals.length + StartsWith.length + EndsWith.length > 0;
  return (
    (!wantsSome || fits(Equals, StartsWith, EndsWith)) &&
    !fits(NotEquals, NotStartsWith, NotEndsWith)
  );
}
