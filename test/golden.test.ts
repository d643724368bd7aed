/**
 * Every format of a report with everything in it, of one without findings, and of one that could not
 * see. People who change a writer read the difference in the pull request: it is what owners and
 * pipelines will see. `UPDATE_GOLDEN=1 npx vitest run test/golden.test.ts` writes the files anew.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { Report } from '../src/report/schema.js';
import { FORMATS, writer } from '../src/writers/index.js';
import { annotatedReport } from './support/annotated.js';
import { GAP, reportOf } from './support/callers.js';

const FOLDER = fileURLToPath(new URL('golden/', import.meta.url));
const UPDATE = process.env['UPDATE_GOLDEN'] === '1';

const REPORTS: Readonly<Record<string, () => Promise<Report>>> = {
  full: annotatedReport,
  empty: async () => reportOf([]),
  blind: async () => reportOf([], { gaps: [GAP] }),
};

describe.each(Object.entries(REPORTS))('the %s report', (name, make) => {
  it.each(FORMATS)('as %s', async (format) => {
    const { extension, render } = await writer(format);
    const report = await make();
    const text = render(report);
    const path = `${FOLDER}${name}.${extension}`;
    if (UPDATE) {
      mkdirSync(FOLDER, { recursive: true });
      writeFileSync(path, text);
    }
    expect(existsSync(path)).toBe(true);
    expect(text).toBe(readFileSync(path, 'utf8'));
    expect(render(structuredClone(report))).toBe(text);
  });
});

describe('honesty', () => {
  it.each(FORMATS)('%s tells "found nothing" from "could not see"', async (format) => {
    const { render } = await writer(format);
    const [empty, blind] = [await reportOf([]), await reportOf([], { gaps: [GAP] })].map((report) => render(report));
    const doubt = /in what could be read|"complete": false|"executionSuccessful": false/;
    expect(blind).toMatch(doubt);
    expect(empty).not.toMatch(doubt);
  }); // prettier-ignore
});
