import type { Report } from '../report/schema.js';

/** What the reader's screen can show. */
export interface View {
  /** In characters. */
  readonly width: number;
  readonly color: boolean;
}

/** For files, and for whatever is not a terminal. */
export const PLAIN: View = { width: 100, color: false };

/** A pure function from the report to text. */
export interface Writer {
  readonly name: string;
  /** Of the file it is written to, without the dot. */
  readonly extension: string;
  /** The view is that of standard output; without one the text is for a file, which may have others beside it. */
  readonly render: (report: Report, view?: View) => string;
  /** Names of formats that the text refers to as files beside it. */
  readonly refersTo?: (report: Report) => readonly string[];
  /** The same in pieces, where the whole may be longer than a string can be. */
  readonly chunks?: (report: Report) => Iterable<string>;
}
