/**
 * Says at the end which engines ran and which could not be had, and writes the table of what was
 * shown into the documentation, when all of it was shown: a run of some tests writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SerializedError } from 'vitest';
import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';
import { DEFINITIONS, nameOf } from '../../test/support/sql/dialect.js';
import { SIZE } from '../corpus-size.js';
import { DIFFERENCES } from '../trino/dialect.js';
import { tableOf, withTable } from './table.js';

const DOCUMENT = fileURLToPath(new URL('../../docs/engines.md', import.meta.url));

const ENGINES = ['Trino', 'DuckDB', 'moto', 'ministack'];

const LISTS = {
  'What Trino is given that Athena and Lake are not:': DIFFERENCES,
  'What is defined for DuckDB, so that it reads the text of the queries:': DEFINITIONS.map(
    (definition) => ({ what: `\`${nameOf(definition)}\``, why: definition.why }),
  ),
};

export default class EvidenceReporter implements Reporter {
  readonly #document: string;

  /** Vitest hands over the options that its configuration has for it: none. */
  constructor({ document = DOCUMENT }: { readonly document?: string } = {}) {
    this.#document = document;
  }

  onTestRunEnd(
    modules: readonly TestModule[],
    _errors: readonly SerializedError[],
    ended: TestRunEndReason,
  ): void {
    // The order in which files run is not fixed.
    const sorted = modules.toSorted((a, b) => (a.moduleId < b.moduleId ? 1 : -1));
    const tests = sorted.flatMap((module) => [...module.children.allTests()]);
    const evidence = tests.flatMap((test) => test.meta().evidence ?? []);
    const skipped = new Map(tests.flatMap((test) => test.meta().skipped ?? []).map(({ engine, reason }) => [engine, reason])); // prettier-ignore
    const ran = new Set(evidence.map(({ engine, version }) => `${engine} ${version}`));
    say(`Engines that ran: ${[...ran].join(', ') || 'none'}`);
    for (const [engine, reason] of skipped) say(`Skipped: ${engine}, because ${reason}`);
    const isWhole = ENGINES.every((engine) => evidence.some((shown) => shown.engine === engine));
    if (!isWhole || SIZE.isOther || ended !== 'passed' || !tests.every(passed)) {
      say('docs/engines.md is left alone: not everything ran and passed');
      return;
    }
    const before = readFileSync(this.#document, 'utf8');
    const after = withTable(before, tableOf(evidence, LISTS));
    if (after === before) return;
    writeFileSync(this.#document, after);
    say('docs/engines.md told something else and was written anew: look at the difference');
  }
}

/** What a filter of names leaves out has not. */
function passed(test: TestCase): boolean {
  return test.result().state === 'passed';
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
