import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';

/** The page may use what is written into it, by its hash, and nothing else from anywhere. */
export function contentPolicy(allowed: {
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
}): string {
  return [
    "default-src 'none'",
    `style-src ${allowed.styles.map(hashSource).join(' ')}`,
    `script-src ${allowed.scripts.map(hashSource).join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hashSource(text: string): string {
  return `'sha256-${btoa(String.fromCharCode(...sha256(utf8ToBytes(text))))}'`;
}
