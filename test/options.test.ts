import { afterEach, describe, expect, it, vi } from 'vitest';
import { viewOf } from '../src/options.js';

describe('colours', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('are for terminals only', () => {
    vi.stubEnv('NO_COLOR', '');
    expect(viewOf(undefined)).toEqual({ width: 100, color: false });
    expect(viewOf(120)).toEqual({ width: 120, color: true });
  });

  it('give way to NO_COLOR', () => {
    vi.stubEnv('NO_COLOR', '1');
    expect(viewOf(120)).toEqual({ width: 120, color: false });
  });
});
