/**
 * User agents, session names and role names are written by callers. Whatever they write, the output
 * of every format, read by a parser of that format, has the shape that the tool gave it.
 */
import { parse as parseCsv } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineagesOf } from '../../src/report/baseline/lineages.js';
import type { Report } from '../../src/report/schema.js';
import { csv } from '../../src/writers/csv.js';
import { printable } from '../../src/writers/escape.js';
import { html } from '../../src/writers/html/index.js';
import { indexJson, indexMarkdown, type PartEntry } from '../../src/writers/index-of-parts.js';
import { split, SPLITS } from '../../src/report/split.js';
import { json } from '../../src/writers/json.js';
import { junit } from '../../src/writers/junit.js';
import { markdown } from '../../src/writers/markdown/index.js';
import { sarif } from '../../src/writers/sarif.js';
import { COLUMNS } from '../../src/writers/table.js';
import { text } from '../../src/writers/text.js';
import { HOSTILE_PLACES, hostileReport, hostileTexts, placesForText } from '../support/hostile.js';
import { elementsOf } from '../support/parse-html.js';
import { markdownNodes, plainText } from '../support/parse-markdown.js';
import { parseXml } from '../support/parse-xml.js';

const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function holds(check: (report: Report) => void): void {
  fc.assert(
    fc.property(hostileTexts, (texts) => {
      check(hostileReport(texts));
    }),
    { numRuns: 60 },
  );
}

describe('hostile text in every field', () => {
  it('is really in every field that the schema lets any text into', () => {
    const places = placesForText();
    expect(places.size).toBeGreaterThan(60);
    expect([...places].filter((place) => !HOSTILE_PLACES.has(place))).toEqual([]);
  });

  it('comes back from JSON as it was', () => {
    holds((report) => expect(JSON.parse(json.render(report))).toEqual(JSON.parse(JSON.stringify(report))));
  }); // prettier-ignore

  it('is one cell of CSV, and no formula', () => {
    holds((report) => {
      const written = csv.render(report);
      expect(written).not.toMatch(CONTROL);
      const rows: string[][] = parseCsv(written);
      expect(rows).toHaveLength(report.findings.length + 1);
      for (const [index, finding] of report.findings.entries()) {
        const cells = rows[index + 1] ?? [];
        expect(cells).toHaveLength(COLUMNS.length);
        for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/);
        const values = COLUMNS.map(({ value }) => printable(String(value(finding, report))));
        expect(cells.map((cell) => cell.replace(/^'/, ''))).toEqual(
          values.map((value) => value.replace(/^'/, '')),
        );
      }
    });
  });

  it('steers no terminal and adds no line', () => {
    holds((report) => {
      for (const width of [60, 100, 140]) {
        const plain = text.render(report, { width, color: false });
        expect(plain).not.toMatch(CONTROL);
        const painted = text.render(report, { width, color: true });
        expect(painted.replace(/\u001b\[\d{1,2}m/g, '')).toBe(plain);
      }
    });
  });

  it('is code in Markdown: no element, link, image or heading is made of it', () => {
    holds((report) => {
      const nodes = markdownNodes(markdown.render(report));
      for (const node of nodes) {
        if (node.type === 'html') expect(node.value).toMatch(ALLOWED_HTML);
        if (node.type === 'link') expect(node.url).toMatch(/^https:\/\/(docs\.aws\.amazon|github)\.com\//);
        expect(FORBIDDEN_NODES).not.toContain(node.type);
      }
      const headings = nodes.filter(({ type }) => type === 'heading').map(plainText);
      for (const heading of headings) expect(heading).toMatch(/^(\d+ principals? still calls? |Changes since |Ignore list$|Findings$)/);
      const rows = nodes.filter(({ type }) => type === 'tableRow');
      for (const { children } of rows) expect(children).toHaveLength(9);
      const codes = new Set(nodes.filter(({ type }) => type === 'inlineCode').map(({ value }) => value));
      for (const { principal, ignored } of report.findings) {
        const name = printable(principal.id).replaceAll('|', '\\u{7c}').trim();
        if (name !== '' && ignored?.expired !== false) expect(codes).toContain(name);
      }
    });
  }); // prettier-ignore

  it('is text in HTML: no element and no attribute is made of it', () => {
    holds((report) => {
      const { elements, comments } = elementsOf(html.render(report));
      expect(comments).toEqual([]);
      expect(elements.filter(({ name }) => name === 'script')).toHaveLength(1);
      for (const { name, attributes } of elements) {
        expect(ELEMENTS).toContain(name);
        for (const [attribute, value] of Object.entries(attributes)) {
          expect(attribute).toMatch(ATTRIBUTES);
          if (attribute === 'href') expect(value).toMatch(/^(#|report\.csv$|https:\/\/(docs\.aws\.amazon|github)\.com\/)/);
        }
      }
      const names = elements.filter(({ name, attributes }) => name === 'td' && attributes['data-label'] === 'Principal');
      expect(names).toHaveLength(report.findings.length);
      for (const [index, { principal }] of report.findings.entries()) {
        expect(names[index]?.text).toContain(inHtml(principal.id));
      }
    });
  }); // prettier-ignore

  it('is text in XML: every caller is one test case', () => {
    holds((report) => {
      const elements = parseXml(junit.render(report));
      const cases = elements.filter(({ name }) => name === 'testcase');
      expect(cases).toHaveLength(1 + lineagesOf(report).size + (report.changes?.gone.length ?? 0));
      for (const { name } of elements) {
        expect(['testsuites', 'testsuite', 'testcase', 'failure', 'error', 'skipped']).toContain(name);
      }
    });
  }); // prettier-ignore

  it('is text in SARIF, and its places are addresses', () => {
    holds((report) => {
      const { runs } = JSON.parse(sarif.render(report));
      const { results } = runs[0];
      expect(results).toHaveLength(lineagesOf(report).size + (report.changes?.gone.length ?? 0));
      for (const { message, locations } of results) {
        expect(message.text).not.toMatch(CONTROL);
        const { uri } = locations[0].physicalLocation.artifactLocation;
        expect(uri).toMatch(/^aws\/[\w.!~*'()%-]+\/[\w.!~*'()%-]*$/);
        expect(() => decodeURIComponent(uri)).not.toThrow();
      }
    });
  });
});

describe('hostile names of parts', () => {
  const holdsForParts = (check: (report: Report, parts: PartEntry[]) => void): void =>
    holds((report) => {
      const parts = SPLITS.flatMap((by) => split(report, by));
      check(report, parts.map((part) => ({ part, files: ['x/report.md'] }))); // prettier-ignore
    });

  it('come back from the index as they were, and steer no terminal', () => {
    holdsForParts((_, entries) => {
      const written = indexJson(entries, 'owner');
      expect(written).not.toMatch(CONTROL);
      const names = JSON.parse(written).parts.map(({ name }: { name: string }) => name);
      expect(names).toEqual(entries.map(({ part }) => part.slice?.name));
    });
  });

  it('are code in the index for people', () => {
    holdsForParts((report, entries) => {
      const nodes = markdownNodes(indexMarkdown(report, entries, 'owner'));
      expect(nodes.filter(({ type }) => type === 'html')).toEqual([]);
      expect(nodes.filter(({ type }) => type === 'heading')).toHaveLength(1);
      expect(nodes.filter(({ type }) => type === 'tableRow')).toHaveLength(entries.length + 1);
      for (const { url } of nodes.filter(({ type }) => type === 'link')) expect(url).toBe('x/report.md');
    });
  }); // prettier-ignore
});

const ALLOWED_HTML =
  /^(<!-- legacy-endpoint-audit:[\w=%.!~*'()]+ -->|<\/details>|<details>\n<summary>(No owner|<code>[^<>]*<\/code>): [\d,]+ findings?, [\d,]+ calls?<\/summary>)$/;
const FORBIDDEN_NODES = ['image', 'imageReference', 'linkReference', 'definition', 'footnoteReference', 'delete', 'thematicBreak']; // prettier-ignore
const ELEMENTS = 'html head meta title style noscript body main header section footer h1 h2 h3 h4 p ul ol li span strong code div figure figcaption svg g line text rect details summary table caption thead tbody tr th td form label input select option button a dl dt dd pre article script wbr'.split(' '); // prettier-ignore
const ATTRIBUTES = /^(class|id|role|title|hidden|href|rel|lang|charset|http-equiv|content|name|type|value|placeholder|autocomplete|scope|colspan|tabindex|width|height|x|y|x1|x2|y1|y2|text-anchor|aria-[a-z]+|data-[a-z]+)$/; // prettier-ignore

/** As an HTML parser gives it back: printable, with line feeds kept. */
function inHtml(value: string): string {
  return value.split('\n').map(printable).join('\n');
}
