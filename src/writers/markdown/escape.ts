/**
 * Text in Markdown. Escaping is not enough: GitHub turns bare addresses, mentions and issue numbers
 * into links and notifications after Markdown is done. It leaves code alone, so whatever is not the
 * tool's own words stands in code.
 */
import { printable } from '../escape.js';

/**
 * A value from logs or settings files, as code; '' for no text. In a table a bar would end the cell,
 * and no escape helps where a backslash stands before it, so it is shown as `\u{7c}`.
 */
export function code(text: string): string {
  const safe = printable(text).replaceAll('|', '\\u{7c}').trim();
  if (safe === '') return '';
  const runs = safe.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const pad = safe.startsWith('`') || safe.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${safe}${pad}${fence}`;
}

/**
 * A sentence of the tool, which may hold values. Words that could become more than words are code;
 * so are names of settings and hosts, which read better that way.
 */
export function prose(text: string): string {
  const plain = printable(text).trim().replace(/\s+/g, ' ');
  const parts = plain.split(SETTING);
  return parts.map((part, at) => (at % 2 === 0 ? words(part) : code(part))).join('');
}

/**
 * Settings with blanks or quotes in them, `sts_region = "REGION"` and `endpoints { sts = "…" }`. A
 * blank stands before them and their punctuation, and after: two pieces of code that touch would be
 * none.
 */
const SETTING =
  /(?<=(?:^| )[("']{0,2})(\w+(?: =)? \{ [^{}]{1,200} \}|\w+(?: = |=(?="))(?:"[^" ]{0,200}"|[\w.:/-]{0,200}\w))(?=[).,;:!?"']*(?: |$))/;

function words(text: string): string {
  return text.split(' ').map(word).join(' ');
}

function word(text: string): string {
  // At the start of a line this would be an item of a numbered list.
  if (/^\d+[.)]$/.test(text)) return `${text.slice(0, -1)}\\${text.slice(-1)}`;
  const [, before = '', core = '', after = ''] =
    /^([("'[]*)(.*?)([\]).,;:!?"']*)$/.exec(text) ?? [];
  return escaped(before) + (CODE.test(core) ? code(core) : escaped(core)) + escaped(after);
}

/** Addresses, mentions, issue numbers and commit ids; then settings, places and dotted names. */
const CODE = /:\/\/|www\.|@|#\d|gh-\d|\b[0-9a-f]{7,}\b|[_=$<>]|[a-z]:\w|::|^[~/]|^--|[a-z]\.[a-z]/i;

/** CommonMark lets every ASCII punctuation mark be escaped; those without meaning stay readable. */
function escaped(text: string): string {
  return text.replace(/[\\`*_[\]<>!|~&$]/g, '\\$&').replace(/^[-+#=]/, '\\$&');
}

/** A block of code that its content cannot close. Line feeds stay, tabs become blanks. */
export function codeBlock(language: string, text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replaceAll('\t', '    ');
  const lines = plain.trimEnd().split('\n').map(printable);
  const runs = lines.join('\n').match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return [`${fence}${/^[a-z]{1,20}$/.test(language) ? language : ''}`, ...lines, fence].join('\n');
}

/** Text inside an HTML tag, such as a summary. */
export function htmlCode(text: string): string {
  const safe = printable(text).replace(/[&<>"'`]/g, (char) => `&#${char.charCodeAt(0)};`);
  return `<code>${safe}</code>`;
}
