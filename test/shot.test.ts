import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { annotatedReport } from './support/annotated.js';
import { FORMATS, writer } from '../src/writers/index.js';
it('writes', async () => {
  const r = await annotatedReport();
  for (const f of FORMATS) { const w = await writer(f); writeFileSync(`/tmp/shot/report.${w.extension}`, w.render(r)); }
});
