/**
 * One set of files for each account, owner or principal, and an index of them.
 *
 *   DIR/by-owner/payments-1f4e…/report.md
 *   DIR/by-owner/index.json, index.md
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type OutputFile, readWritten, removeFiles } from './output.js';
import type { Report } from './report/schema.js';
import { type Split, split } from './report/split.js';
import { indexJson, indexMarkdown, type PartEntry } from './writers/index-of-parts.js';

/** Renders one part in all formats, under a path that ends with a slash. */
export type RenderPart = (part: Report, path: string) => readonly OutputFile[];

/** Made one by one, so that the texts of all parts are never held at once. */
export function* filesOfParts(report: Report, by: Split, render: RenderPart): Generator<OutputFile> {
  const root = rootOf(by);
  const entries: PartEntry[] = [];
  for (const part of split(report, by)) {
    const files = render(part, `${root}${folderOf(part.slice?.name ?? '')}/`);
    yield* files;
    entries.push({ part, files: files.map(({ name }) => name.slice(root.length)) });
  }
  yield { name: `${root}index.json`, content: indexJson(entries, by) };
  yield { name: `${root}index.md`, content: indexMarkdown(report, entries, by) };
} // prettier-ignore

/** The files that an earlier run wrote here, by its index. */
export async function partsBefore(folder: string, by: Split): Promise<readonly string[]> {
  const text = await readWritten(folder, `${rootOf(by)}index.json`);
  const names = text === null ? [] : (text.match(/"[^"\n]*"/g) ?? []);
  const files = names.map((name) => name.slice(1, -1)).filter((name) => PART_FILE.test(name));
  return files.map((name) => `${rootOf(by)}${name}`);
}

/** Of a part that is gone, the files of an earlier run would lie. */
export async function removeStaleParts(
  folder: string,
  by: Split,
  before: readonly string[],
): Promise<void> {
  const now = new Set(await partsBefore(folder, by));
  await removeFiles(folder, before.filter((name) => !now.has(name))); // prettier-ignore
}

/** A file of a part, in the only form that this tool writes; nothing else is ever removed. */
const PART_FILE = /^[a-z0-9-]+\/report\.[a-z.]+$/;

function rootOf(by: Split): string {
  return `by-${by}/`;
}

/** Names come from logs, and two of them may differ only in what a file name cannot hold. */
function folderOf(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 60); // prettier-ignore
  if (plain === name) return plain;
  return `${plain}-${bytesToHex(sha256(utf8ToBytes(name))).slice(0, 10)}`.replace(/^-/, '');
}
