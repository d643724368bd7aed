import { type ComponentChildren, Fragment, h as create } from 'preact';
import { renderToString } from 'preact-render-to-string';

/** What stands in a page: text, which is escaped when the page is written, or elements. */
export type Markup = ComponentChildren;

type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

export function h(name: string, attributes: Attributes | null, children?: Markup): Markup {
  return create(name, attributes, children);
}

/** A long name that may be broken after its colons and slashes. */
export function breakable(text: string): Markup {
  return text
    .split(/(?<=[/:])(?=[^/:])/)
    .map((part, at) => (at === 0 ? part : [h('wbr', null), part]));
}

/** Text that is written as it is: for the constants of this folder and nothing else. */
export function verbatim(name: 'style' | 'script', text: string): Markup {
  return create(name, { dangerouslySetInnerHTML: { __html: text } });
}

export function write(markup: Markup): string {
  return renderToString(create(Fragment, null, markup));
}
