import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TestModule } from 'vitest/node';
import { newFolder } from '../cache.js';
import type { Evidence } from './evidence.js';
import EvidenceReporter from './reporter.js';

const folder = newFolder('reporter');
const document = join(folder, 'engines.md');
const EMPTY = '# Proof\n\n<!-- Written by the run: npm run test:engines -->\n<!-- End of what the run writes -->\n\nThe end.\n'; // prettier-ignore
beforeEach(() => writeFileSync(document, EMPTY));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly state: 'passed' | 'skipped' | 'failed';
  readonly meta: { readonly evidence?: Evidence; readonly skipped?: object };
}

const ALL = ['Trino', 'DuckDB', 'moto', 'ministack'].map((engine) => ended(engine));

function ended(engine: string, events = 'some', state: Ended['state'] = 'passed'): Ended {
  return { state, meta: { evidence: { engine, version: '1', ran: 'a | b', events, rows: 1234, equality: 'all', unchecked: 'none' } } }; // prettier-ignore
}

/** What it says of them, line by line. */
function reported(tests: readonly Ended[]): string[] {
  const said: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0); // prettier-ignore
  const of = ({ state, meta }: Ended): unknown => ({ result: () => ({ state }), meta: () => meta });
  const module = { moduleId: 'all', children: { allTests: () => tests.map(of) } };
  const reason = tests.some(({ state }) => state === 'failed') ? 'failed' : 'passed';
  new EvidenceReporter({ document }).onTestRunEnd([module as unknown as TestModule], [], reason);
  write.mockRestore();
  return said;
}

describe('a run of the engines', () => {
  it('writes its table, one line for the same over other events', () => {
    expect(reported([...ALL, ended('Trino', 'others')])[0]).toBe('Engines that ran: Trino 1, DuckDB 1, moto 1, ministack 1\n'); // prettier-ignore
    const text = readFileSync(document, 'utf8');
    expect(text).toContain('| Trino | 1 | a \\| b | some: 1,234; others: 1,234 | all | none |\n');
    expect(text).toMatch(/^# Proof[^]*The end\.\n$/);
  });

  it.each<[string, Ended[]]>([
    ['of which some were left out', [...ALL, { state: 'skipped', meta: {} }]],
    ['of which one failed', [...ALL, { state: 'failed', meta: {} }]],
    ['without an engine', ALL.slice(1)],
  ])('%s writes nothing', (_what, tests) => {
    expect(reported(tests).at(-1)).toMatch(/is left alone/);
    expect(readFileSync(document, 'utf8')).toBe(EMPTY);
  });

  it('says which engine could not be had, and why', () => {
    const skipped = { engine: 'Trino', reason: 'mvn is not there' };
    const said = reported([...ALL.slice(1), { state: 'skipped', meta: { skipped } }]);
    expect(said[1]).toBe('Skipped: Trino, because mvn is not there\n');
  });
});
