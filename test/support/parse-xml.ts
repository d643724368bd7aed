import { SaxesParser } from 'saxes';

export interface XmlStart {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Every element of a document; throws unless it is well-formed. */
export function parseXml(text: string): XmlStart[] {
  const elements: XmlStart[] = [];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => elements.push({ name, attributes }));
  parser.write(text).close();
  return elements;
}
