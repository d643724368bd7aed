/** Longer than any version seen; what follows is noise or an attack. */
const LONGEST = 32;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isVersionPart(code: number): boolean {
  const letter = code | 32;
  return (
    isDigit(code) ||
    code === 46 ||
    code === 43 ||
    code === 45 ||
    code === 95 ||
    (letter >= 97 && letter <= 122)
  );
}

/** The version at the start of a token's value: `v1.2.3,` gives `1.2.3`, `dev` itself, else null. */
export function readVersion(value: string): string | null {
  const start = value.charCodeAt(0) === 118 && isDigit(value.charCodeAt(1)) ? 1 : 0;
  if (!isDigit(value.charCodeAt(start))) return value === 'dev' ? value : null;
  let end = start + 1;
  while (end < value.length && end - start < LONGEST && isVersionPart(value.charCodeAt(end)))
    end += 1;
  return value.slice(start, end);
}

/** eksctl sends JSON in place of a version: `{"Version":"0.62.0",...`, quotes escaped or not. */
export function versionIn(value: string): string | null {
  if (!value.startsWith('{')) return readVersion(value);
  const at = value.indexOf('Version');
  return at < 0 ? null : readVersion(value.slice(at + 7).replace(/^[\\":]{1,8}/, ''));
}

/** `3.10.6` gives `3.10`: a patch level of a runtime is no identity. */
export function majorMinor(version: string): string {
  const first = version.indexOf('.');
  if (first < 0) return version;
  const second = version.indexOf('.', first + 1);
  return second < 0 ? version : version.slice(0, second);
}

/** Numbers before the first part that is none, so `2.0.0.rc4` compares as 2.0.0. */
function numbers(version: string): number[] {
  const parts = version.split('.').map((part) => Number.parseInt(part, 10));
  const end = parts.findIndex(Number.isNaN);
  return end < 0 ? parts : parts.slice(0, end);
}

/** A version that can be compared: a build of its own, `dev`, may be of any age. */
export function releaseIn(version: string | null): string | null {
  return version === 'dev' ? null : version;
}

/** Whether `version` is `bound` or newer. Missing parts are zeros. */
export function isAtLeast(version: string, bound: string): boolean {
  const left = numbers(version);
  const right = numbers(bound);
  for (let index = 0; index < right.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
