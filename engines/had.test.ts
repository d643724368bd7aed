import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { afterAll, describe, expect, it } from 'vitest';
import { newFolder } from './cache.js';
import { had } from './had.js';
import { run, serve, Unavailable } from './program.js';

const folder = newFolder('had');
afterAll(() => rmSync(folder, { recursive: true }));

function node(script: string): string {
  return run(process.execPath, ['-e', script]);
}

describe('a program that is run', () => {
  it('may not be there', () => {
    expect(() => run('no-such-program', [])).toThrow(new Unavailable('no-such-program is not there')); // prettier-ignore
  });

  it('may fail: the first line about an error says why', () => {
    const script =
      "console.error('reading\\nERROR: refused by the registry\\nbye'); process.exit(1)";
    expect(() => node(script)).toThrow(new Unavailable('node failed: ERROR: refused by the registry')); // prettier-ignore
  });
});

describe('an engine', () => {
  const start = async (
    script: string,
    ready: () => Promise<boolean>,
  ): Promise<() => Promise<void>> =>
    // prettier-ignore
    serve({ command: process.execPath, args: ['-e', script], log: join(folder, 'log'), ready });

  it('that cannot be had skips its tests, and says why', async () => {
    const { found, orSkip } = await had('It', () => run('no-such-program', []));
    const task = { meta: {} };
    const skip = (reason?: string): never => {
      throw new Error(`skipped: ${reason}`);
    };
    expect(found).toBeNull();
    expect(() => orSkip({ task, skip } as unknown as TestContext)).toThrow('skipped: no-such-program is not there'); // prettier-ignore
    expect(task.meta).toEqual({ skipped: { engine: 'It', reason: 'no-such-program is not there' } }); // prettier-ignore
  });

  it('that was had and does not start fails them', async () => {
    const started = had('It', () => start("console.log('no memory'); process.exit(1)", async () => false)); // prettier-ignore
    await expect(started).rejects.toThrow(/did not start:\nno memory/);
    await expect(started).rejects.not.toThrow(Unavailable);
  });

  it('is gone when it was stopped', async () => {
    const sign = join(folder, 'sign');
    const script = `require('fs').writeFileSync(${JSON.stringify(sign)}, String(process.pid)); setInterval(() => {}, 1000)`; // prettier-ignore
    const stop = await start(script, async () => existsSync(sign));
    const pid = Number(run('cat', [sign]));
    expect(process.kill(pid, 0)).toBe(true);
    await stop();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });
});
