import { describe, expect, it } from 'vitest';
import { audit } from '../src/audit.js';
import { UserError } from '../src/errors.js';

describe('the window', () => {
  it.each([
    ['milliseconds', { from: null, to: Date.UTC(2026, 0, 1) }],
    ['no number', { from: Number.NaN, to: null }],
    ['parts of seconds', { from: 0.5, to: null }],
    ['an end before its beginning', { from: 2, to: 1 }],
  ])('is refused when it is %s', async (_, window) => {
    await expect(audit({ sources: [], window })).rejects.toThrow(UserError);
  });
});
