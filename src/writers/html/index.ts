/**
 * The page that people look at: one file, which asks for nothing else.
 */
import { printable } from '../escape.js';
import { headline } from '../answer.js';
import type { Writer } from '../writer.js';
import { h, verbatim, write } from './element.js';
import { contentPolicy } from './content-policy.js';
import { MOST_ROWS } from './limits.js';
import { body } from './page.js';
import { SCRIPT } from './script.js';
import { NO_SCRIPT_STYLE, STYLE } from './style.js';

export const html: Writer = {
  name: 'html',
  extension: 'html',
  refersTo: ({ findings }) => (findings.length > MOST_ROWS ? ['csv'] : []),
  render: (report, view) => {
    const head = h('head', null, [
      h('meta', { charset: 'utf-8' }),
      h('meta', {
        'http-equiv': 'Content-Security-Policy',
        content: contentPolicy({ styles: [STYLE, NO_SCRIPT_STYLE], scripts: [SCRIPT] }),
      }),
      h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      h('meta', { name: 'referrer', content: 'no-referrer' }),
      h('meta', { name: 'color-scheme', content: 'light dark' }),
      h('meta', { name: 'generator', content: `legacy-endpoint-audit ${report.tool.version}` }),
      h('title', null, `${headline(report)} · ${report.generatedAt.slice(0, 10)}`),
      verbatim('style', STYLE),
      h('noscript', null, verbatim('style', NO_SCRIPT_STYLE)),
    ]);
    const page = h('body', null, [body(report, view === undefined), verbatim('script', SCRIPT)]);
    return `<!doctype html>\n${safe(write(h('html', { lang: 'en' }, [head, page])))}\n`;
  },
};

/** Markup holds no control characters, so those that are left came with a value. */
function safe(markup: string): string {
  return markup.split('\n').map(printable).join('\n');
}
