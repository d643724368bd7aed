/**
 * XML that is well-formed whatever the text is: elements are values, and turning them into text is
 * the one place that escapes.
 */
import { printable } from './escape.js';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number | undefined>>;
  readonly children: readonly (XmlElement | string)[];
}

export function element(
  name: string,
  attributes: XmlElement['attributes'],
  ...children: XmlElement['children']
): XmlElement {
  return { name, attributes, children };
}

export function xmlDocument(root: XmlElement): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${write(root, '')}`;
}

/** Text is not mixed with elements, so that lines and indents mean nothing. */
function write({ name, attributes, children }: XmlElement, indent: string): string {
  const start = [name, ...Object.entries(attributes).flatMap(attribute)].join(' ');
  if (children.length === 0) return `${indent}<${start}/>\n`;
  const texts = children.filter((child) => typeof child === 'string');
  const elements = children.filter((child) => typeof child !== 'string');
  const inner = elements.map((child) => write(child, `${indent}  `)).join('');
  if (elements.length === 0) return `${indent}<${start}>${escaped(texts.join(''))}</${name}>\n`;
  return `${indent}<${start}>\n${inner}${indent}</${name}>\n`;
}

function attribute([name, value]: readonly [string, string | number | undefined]): string[] {
  return value === undefined ? [] : [`${name}="${escaped(printable(String(value)))}"`];
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Line feeds are kept: a reader wants them in a message. In an attribute they would be lost. */
function escaped(text: string): string {
  const lines = text.split('\n').map((line) => printable(line));
  return lines.join('\n').replace(/[&<>"]/g, (char) => ENTITIES[char] ?? char);
}
