import fc from 'fast-check';
import { expect, it } from 'vitest';
import { patternOf } from '../../../src/sources/files/pattern.js';

const name = fc.constantFrom('a', 'b', 'ab', 'a.b', '(1)');
const path = fc.array(name, { minLength: 1, maxLength: 5 }).map((names) => names.join('/'));
const part = fc.oneof(
  name,
  fc.constantFrom('*', '**', '?', 'a*', '[ab]', '[!a]*', '{a,b}', '{a/b,b}', '{a,*/b}', '@(a/b|ab)', '!(a)'), // prettier-ignore
);
/** Below a folder that is not there, so that a wildcard comes first. */
const pattern = fc.array(part, { maxLength: 3 }).map((parts) => ['*', ...parts].join('/'));

it('a folder that holds a match is looked into', () => {
  const property = fc.property(pattern, path, (text, file) => {
    const found = patternOf(text);
    if (found?.isMatch(file) !== true) return;
    const names = file.split('/');
    const folders = names.map((_, index) => names.slice(0, index + 1).join('/'));
    for (const folder of folders) expect([text, folder, found?.mayLead(folder)]).toEqual([text, folder, true]); // prettier-ignore
  });
  fc.assert(property, { numRuns: 5000 });
});

it('a choice between names of several parts finds each', () => {
  const found = patternOf('x?/{a/b,c}/*.json');
  expect(['x1', 'x1/a', 'x1/a/b', 'x1/c'].map((folder) => found?.mayLead(folder))).not.toContain(
    false,
  );
  expect(found?.isMatch('x1/a/b/d.json')).toBe(true);
});
