/** What can be wrong with the text of a log, beside its encoding. */
export const DAMAGES = [
  'not-json',
  'unreadable-event',
  'torn-record',
  'cut-short',
  'record-too-large',
  'abandoned',
] as const;
export type Damage = (typeof DAMAGES)[number];
