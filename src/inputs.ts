/**
 * The files that people hand to the tool: saved reports, and settings in YAML or JSON. All are
 * checked when they are read; what is wrong is a UserError that names the place.
 */
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import type { ZodError, ZodType } from 'zod';
import { messageOf, UserError } from './errors.js';
import type { AddressRanges } from './report/address-ranges.js';
import type { IgnoreList } from './report/ignore/file-schema.js';
import type { OwnersMap } from './report/owners/file-schema.js';
import type { Report } from './report/schema.js';

export async function readReport(path: string): Promise<Report> {
  const { reportSchema } = await import('./report/schema.js');
  const value = await readJson(path);
  const hint = 'a saved report is made with --format json';
  return checked(reportSchema, value, { what: `${path} is not a report of this tool`, hint });
}

export async function readIgnoreList(path: string): Promise<IgnoreList> {
  const { ignoreFileSchema } = await import('./report/ignore/file-schema.js');
  return readSettings(path, ignoreFileSchema, 'ignore');
}

export async function readOwnersMap(path: string): Promise<OwnersMap> {
  const { ownersFileSchema } = await import('./report/owners/file-schema.js');
  return readSettings(path, ownersFileSchema, 'owners');
}

/** AWS's list of its addresses, as it publishes it. */
export async function readAddressRanges(path: string): Promise<AddressRanges> {
  const { addressRangesSchema } = await import('./report/address-ranges.js');
  const value = await readJson(path);
  const hint = 'download https://ip-ranges.amazonaws.com/ip-ranges.json';
  return checked(addressRangesSchema, value, { what: `${path} is not AWS's list of addresses`, hint }); // prettier-ignore
}

/** `schemaName` is what the `schema` command prints the form of the file under; null if it does not. */
export async function readSettings<T>(
  path: string,
  schema: ZodType<T>,
  schemaName: string | null,
): Promise<T> {
  const text = await readText(path);
  const value = path.endsWith('.json') ? parseJson(path, text) : await parseYaml(path, text);
  const hint =
    schemaName === null
      ? 'restore it; without the whole folder that it is in the job starts anew'
      : `legacy-endpoint-audit schema ${schemaName} prints the form of the file`;
  return checked(schema, value, { what: `${path} is not valid`, hint });
}

/** Which of the names there are in the current folder. */
export async function present(names: readonly string[]): Promise<readonly string[]> {
  const there = new Set(await readdir('.'));
  return names.filter((name) => there.has(name));
}

/** What is too large for one string is read line by line, as it was written. */
async function readJson(path: string): Promise<unknown> {
  const size = await stat(path).then(
    (status) => status.size,
    () => 0,
  );
  if (size < LONGEST_TEXT) return parseJson(path, await readText(path));
  const { readLargeReport } = await import('./large-report.js');
  return readLargeReport(createReadStream(path, 'utf8'));
}

/** In bytes; V8's strings end a little above. */
const LONGEST_TEXT = 500_000_000;

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`cannot read ${path}: ${messageOf(error)}`, { cause: error });
  }
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserError(`${path} is not JSON: ${messageOf(error)}`, { cause: error });
  }
}

/** Numbers stay text, since an account id such as 012345678901 would lose its zero. */
async function parseYaml(path: string, text: string): Promise<unknown> {
  const { parse } = await import('yaml');
  try {
    return parse(text, {
      customTags: (tags) => tags.filter((tag) => typeof tag === 'string' || !NUMBERS.has(tag.tag)),
    });
  } catch (error) {
    throw new UserError(`${path} is not YAML: ${messageOf(error)}`, { cause: error });
  }
}

const NUMBERS = new Set(['tag:yaml.org,2002:int', 'tag:yaml.org,2002:float']);

const LISTED = 3;

function checked<T>(
  schema: ZodType<T>,
  value: unknown,
  { what, hint }: { readonly what: string; readonly hint: string },
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new UserError(`${what}: ${describeIssues(result.error)}`, { hint, cause: result.error });
}

/** `findings[3].calls: expected number; and 4 more`. */
function describeIssues({ issues }: ZodError): string {
  const listed = issues.slice(0, LISTED).map(({ path, message }) => `${placeOf(path)}${message}`);
  const more = issues.length - listed.length;
  return [...listed, ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

function placeOf(path: readonly PropertyKey[]): string {
  if (path.length === 0) return '';
  const steps = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  return `${steps.join('').replace(/^\./, '')}: `;
}
