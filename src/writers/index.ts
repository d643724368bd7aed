/**
 * The formats by name. Each is loaded when it is asked for, so that none slows the start.
 */
import type { Writer } from './writer.js';

const WRITERS = {
  json: async () => (await import('./json.js')).json,
  csv: async () => (await import('./csv.js')).csv,
  text: async () => (await import('./text.js')).text,
  markdown: async () => (await import('./markdown/index.js')).markdown,
  html: async () => (await import('./html/index.js')).html,
  junit: async () => (await import('./junit.js')).junit,
  sarif: async () => (await import('./sarif.js')).sarif,
} satisfies Record<string, () => Promise<Writer>>;

export type Format = keyof typeof WRITERS;

export const FORMATS: readonly Format[] = Object.keys(WRITERS).filter(isFormat);

export function isFormat(name: string): name is Format {
  return Object.hasOwn(WRITERS, name);
}

export async function writer(format: Format): Promise<Writer> {
  return WRITERS[format]();
}
