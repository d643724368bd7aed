import { h, type Markup } from './element.js';
import type { Report } from '../../report/schema.js';
import { changesSection } from './changes.js';
import { charts } from './charts/index.js';
import { evidenceSection } from './evidence.js';
import { findingsSection } from './findings.js';
import { fixesSection } from './fixes.js';
import { glance } from './glance.js';

/** `linksFiles`: the page is written beside the files that it may name. */
export function body(report: Report, linksFiles: boolean): Markup {
  return h('main', null, [
    glance(report),
    changesSection(report),
    charts(report),
    findingsSection(report, linksFiles),
    fixesSection(report),
    evidenceSection(report),
    footer(report),
  ]);
}

function footer({ tool, generatedAt }: Report): Markup {
  const made = `Made by ${tool.name} ${tool.version} on ${generatedAt}. Times are UTC.`;
  return h('footer', null, h('p', null, made));
}
