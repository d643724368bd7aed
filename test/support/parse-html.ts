import { type DefaultTreeAdapterTypes, parse } from 'parse5';

export interface HtmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly text: string;
}

type Node = DefaultTreeAdapterTypes.Node;

/** Every element and comment of a page, as a browser's parser sees them; any parse error throws. */
export function elementsOf(page: string): { elements: HtmlElement[]; comments: string[] } {
  const elements: HtmlElement[] = [];
  const comments: string[] = [];
  const visit = (node: Node): void => {
    if (node.nodeName === '#comment' && 'data' in node) comments.push(node.data);
    if ('tagName' in node) {
      const attributes = Object.fromEntries(node.attrs.map(({ name, value }) => [name, value]));
      elements.push({ name: node.tagName, attributes, text: textOf(node) });
    }
    if ('content' in node) visit(node.content);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(
    parse(page, {
      onParseError: ({ code, startLine }) => {
        throw new Error(`${code} in line ${startLine}`);
      },
    }),
  );
  return { elements, comments };
}

function textOf(node: Node): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
