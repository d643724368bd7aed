import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

export interface MarkdownNode {
  readonly type: string;
  readonly value?: string;
  readonly url?: string;
  readonly children?: readonly MarkdownNode[];
}

/** All nodes of a document, as a parser of GitHub's Markdown sees them. */
export function markdownNodes(text: string): MarkdownNode[] {
  const root: MarkdownNode = fromMarkdown(text, {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });
  return all(root);
}

function all(node: MarkdownNode): MarkdownNode[] {
  return [node, ...(node.children ?? []).flatMap(all)];
}

export function plainText(node: MarkdownNode): string {
  return node.value ?? (node.children ?? []).map(plainText).join('');
}
