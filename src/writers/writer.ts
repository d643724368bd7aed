import type { Report } from '../report/schema.js';

/** A pure function from the report to text. */
export interface Writer {
  readonly name: string;
  /** Of the file it is written to, without the dot. */
  readonly extension: string;
  readonly render: (report: Report) => string;
}
