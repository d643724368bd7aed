/**
 * The library: the same as the command line, without it.
 *
 *   const report = await audit({ sources: [files(['logs'])] });
 */
export { audit, type AuditOptions } from './audit.js';
export type { Batch, Context, Coverage, Hit, Progress, Source, Window } from './contracts.js';
export { UserError } from './errors.js';
export { type AddressRanges, parseAddressRanges } from './report/address-ranges.js';
export type { Finding } from './report/finding-schema.js';
export type { Report } from './report/schema.js';
export { athena, type AthenaOptions } from './sources/athena/index.js';
export { files, type FilesOptions } from './sources/files/index.js';
export { insights, type InsightsOptions } from './sources/insights/index.js';
export { lake, type LakeOptions } from './sources/lake/index.js';
export { lookup, type LookupOptions } from './sources/lookup/index.js';
export { s3, type S3Options } from './sources/s3/index.js';
export { type Format, writer } from './writers/index.js';
export type { Writer } from './writers/writer.js';
