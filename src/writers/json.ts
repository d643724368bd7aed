import { jsonText } from './escape.js';
import type { Writer } from './writer.js';

/** The record: everything else can be rendered from it again. */
export const json: Writer = {
  name: 'json',
  extension: 'json',
  render: jsonText,
};
