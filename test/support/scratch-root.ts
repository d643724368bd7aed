/**
 * One folder for all that a run of the tests writes, also through the programs that it starts, and
 * that is removed at its end.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function setup(): () => void {
  const root = mkdtempSync(join(tmpdir(), 'legacy-endpoint-audit-tests-'));
  // Some tests run the program as another user.
  chmodSync(root, 0o755);
  process.env['TMPDIR'] = root;
  return () => rmSync(root, { recursive: true, force: true });
}
