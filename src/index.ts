/**
 * The library: the same as the command line, without it.
 *
 *   const report = await audit({ sources: [files(['logs'])] });
 */
export { audit, type AuditOptions } from './audit.js';
export type { Batch, Context, Coverage, Hit, Progress, Source, Window } from './contracts.js';
export { UserError } from './errors.js';
export type { Finding } from './report/finding-schema.js';
export type { Report } from './report/schema.js';
export { files, type FilesOptions } from './sources/files/index.js';
export { type Format, writer } from './writers/index.js';
export type { Writer } from './writers/writer.js';
