/**
 * One set of files for each account, owner or principal, and an index of them.
 *
 *   DIR/by-owner/payments-1f4e…/report.md
 *   DIR/by-owner/index.json, index.md
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type OutputFile, readWritten, removeFiles, writeFiles } from './output.js';
import type { Report } from './report/schema.js';
import { type Split, split } from './report/split.js';
import { indexJson, indexMarkdown, type PartEntry } from './writers/index-of-parts.js';

export interface PartsOptions {
  readonly folder: string;
  /** Renders one part in all formats, under a path that ends with a slash. */
  readonly render: (part: Report, path: string) => readonly OutputFile[];
}

export async function deliverParts(
  report: Report,
  by: Split,
  { folder, render }: PartsOptions,
): Promise<void> {
  const root = `by-${by}/`;
  const entries: PartEntry[] = [];
  const stale = await namesIn(folder, `${root}index.json`);
  for (const part of split(report, by)) {
    const path = `${folderOf(part.slice?.name ?? '')}/`;
    const files = render(part, `${root}${path}`);
    await writeFiles(folder, files);
    entries.push({ part, files: files.map(({ name }) => name.slice(root.length)) });
  }
  await writeFiles(folder, [
    { name: `${root}index.json`, content: indexJson(entries, by) },
    { name: `${root}index.md`, content: indexMarkdown(report, entries, by) },
  ]);
  const written = new Set(entries.flatMap(({ files }) => files));
  await removeFiles(
    folder,
    stale.filter((name) => !written.has(name)).map((name) => `${root}${name}`),
  );
}

/** Names come from logs, and two of them may differ only in what a file name cannot hold. */
function folderOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60); // prettier-ignore
  if (plain === name) return plain;
  return `${plain}-${bytesToHex(sha256(utf8ToBytes(name))).slice(0, 10)}`.replace(/^-/, '');
}

/** A file of a part, in the only form that this tool writes; nothing else is ever removed. */
const PART_FILE = /^[a-z0-9-]+\/report\.[a-z.]+$/;

/** The files that an earlier run wrote here, by its index. Of a part that is gone they would lie. */
async function namesIn(folder: string, index: string): Promise<readonly string[]> {
  const text = await readWritten(folder, index);
  const names = text === null ? [] : (text.match(/"[^"\n]*"/g) ?? []);
  return names.map((name) => name.slice(1, -1)).filter((name) => PART_FILE.test(name));
}
