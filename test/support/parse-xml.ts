import { SaxesParser } from 'saxes';

export interface XmlStart {
  readonly name: string;
  /** Names from the root to the element, joined by slashes. */
  readonly path: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Every element of a document; throws unless it is well-formed. */
export function parseXml(text: string): XmlStart[] {
  const elements: XmlStart[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  const open: string[] = [];
  parser.on('opentag', ({ name, attributes }) => {
    open.push(name);
    elements.push({ name, path: open.join('/'), attributes });
  });
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  return elements;
}
