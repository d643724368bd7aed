import { afterEach, describe, expect, it, vi } from 'vitest';
import { accountIdsOf, viewOf, windowOf } from '../src/options.js';

describe('the window', () => {
  const now = Date.UTC(2026, 0, 31, 12);
  const seconds = now / 1000;

  it('of --since ends now, so that what lies between two reports can be told', () => {
    expect(windowOf({ since: '30d' }, now)).toEqual({ from: seconds - 30 * 86_400, to: seconds });
  });

  it('of --since ends where --to says', () => {
    const window = windowOf({ since: '30d', to: '2026-01-31' }, now);
    expect(window).toEqual({ from: seconds - 30 * 86_400, to: Date.UTC(2026, 0, 31) / 1000 });
  });

  it('of --from alone has no end', () => {
    const from = Date.UTC(2026, 0, 1) / 1000;
    expect(windowOf({ from: '2026-01-01' }, now)).toEqual({ from, to: null });
  });
});

it('accounts are taken with blanks after commas, as formats are', () => {
  const account = ['111122223333, 444455556666', '111122223333'];
  expect(accountIdsOf({ account })).toEqual(['111122223333', '444455556666']);
});

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
