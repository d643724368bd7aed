/**
 * The HTML report in a real browser, opened from the disk with the network cut.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../src/report/schema.js';
import { html } from '../../src/writers/html/index.js';
import { annotatedReport } from '../support/annotated.js';
import { hasBrowser, launch, open, type OpenPage } from '../support/browser.js';
import { reportOf } from '../support/callers.js';
import { folderOf } from '../support/folder.js';
import { hostileReport } from '../support/hostile.js';
import { manyFindings } from '../support/many.js';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { html: string; any: readonly { message: string }[] }[];
}

/** Where screenshots go for people to look at; nowhere unless it is set. */
const SCREENSHOTS = process.env['SCREENSHOTS'];

describe.skipIf(!hasBrowser)('the page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => browser.close());

  async function show(report: Report, options = {}): Promise<OpenPage> {
    const folder = folderOf({ 'report.html': html.render(report) });
    return open(browser, join(folder, 'report.html'), options);
  }

  const names = async ({ page }: OpenPage): Promise<string[]> =>
    page.locator('tbody:not([hidden]) td[data-label="Principal"] strong').allTextContents();

  it('opens without a complaint, and says the answer first', async () => {
    const { page, complaints } = await show(await annotatedReport());
    expect(await page.locator('h1').textContent()).toContain('7 principals still call');
    expect(await page.locator('.tile').count()).toBe(5);
    expect(await page.locator('figure svg rect').count()).toBeGreaterThan(20);
    expect(complaints).toEqual([]);
  });

  it('sorts by a column, numbers as numbers, and back', async () => {
    const shown = await show(await annotatedReport());
    const { page, complaints } = shown;
    const calls = page.getByRole('button', { name: 'Calls', exact: true });
    await calls.click();
    expect((await names(shown)).slice(0, 2)).toEqual(['invoices-lambda', 'terraform']);
    expect(await page.locator('th', { has: calls }).getAttribute('aria-sort')).toBe('descending');
    await calls.click();
    expect((await names(shown))[0]).toBe('firewall-sync');
    await page.getByRole('button', { name: 'Risk', exact: true }).click();
    expect((await names(shown)).at(-1)).toBe('us-east-1-runner');
    expect(complaints).toEqual([]);
  });

  it('sorts on a phone, too', async () => {
    const shown = await show(await annotatedReport(), { viewport: { width: 390, height: 844 } });
    await shown.page.getByRole('button', { name: 'Calls', exact: true }).click();
    expect((await names(shown)).slice(0, 2)).toEqual(['invoices-lambda', 'terraform']);
  });

  it('filters by what is chosen and searches in all that is shown', async () => {
    const shown = await show(await annotatedReport());
    const { page, complaints } = shown;
    await page.getByLabel('Owner').selectOption('Platform');
    expect((await names(shown)).toSorted()).toEqual(['firewall-sync', 'search-indexer', 'terraform']);
    expect(await page.getByRole('status').textContent()).toBe('3 of 7 shown');
    await page.getByLabel('Ignored').selectOption('no');
    expect(await names(shown)).not.toContain('firewall-sync');
    await page.getByLabel('Search').fill('java VPCE-0a1b');
    expect(await names(shown)).toEqual(['search-indexer']);
    await page.getByLabel('Search').fill('nobody');
    expect(await page.locator('#none').isVisible()).toBe(true);
    expect(complaints).toEqual([]);
  }); // prettier-ignore

  it('opens a row to its steps and copies a snippet', async () => {
    const permissions = ['clipboard-read', 'clipboard-write'];
    const { page, complaints } = await show(await annotatedReport(), { permissions });
    const opener = page.getByRole('button', { name: /^Details of .*payments-deployer/ });
    await opener.click();
    expect(await opener.getAttribute('aria-expanded')).toBe('true');
    const detail = page.locator('tr.detail:visible');
    expect(await detail.locator('h4').first().textContent()).toContain('Upgrade AWS CLI v1');
    const snippet = detail.locator('figure').first();
    await snippet.getByRole('button', { name: /^Copy/ }).click();
    const copied = await page.evaluate(async () => navigator.clipboard.readText());
    expect(copied).toBe(await snippet.locator('code').textContent());
    expect(await snippet.getByRole('button').textContent()).toContain('Copied');
    await opener.click();
    expect(await page.locator('tr.detail:visible').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it('copies where the browser refuses its clipboard', async () => {
    const { page } = await show(await annotatedReport());
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await page.locator('button.open').first().click();
    await page.locator('tr.detail:visible button.copy').first().click();
    expect(await page.locator('tr.detail:visible button.copy').first().textContent()).toContain('Copied');
  }); // prettier-ignore

  it('is used by keyboard alone', async () => {
    const shown = await show(await annotatedReport());
    const { page } = shown;
    await page.getByLabel('Search').focus();
    await page.keyboard.type('terraform');
    for (let press = 0; press < 40; press += 1) {
      await page.keyboard.press('Tab');
      const focused = await page.evaluate(() => document.activeElement?.className);
      if (focused === 'open') break;
    }
    await page.keyboard.press('Enter');
    expect(await page.locator('tr.detail:visible').count()).toBe(1);
    expect(await names(shown)).toEqual(['terraform']);
  });

  it('tells a screen reader what is what', async () => {
    const { page } = await show(await annotatedReport());
    const tree = await page.locator('body').ariaSnapshot();
    expect(tree).toContain('- heading "7 principals still call the legacy global STS endpoint" [level=1]');
    expect(tree).toContain('- img "Calls per day 952 calls in 7 days, at most 136 in one, on 2026-01-12"');
    expect(tree).toContain('- table "Findings.');
    expect(tree).toContain('- columnheader "Principal"');
    expect(tree).toMatch(/- button "Details of arn:aws:iam/);
    const unnamed = await page.evaluate(() =>
      [...document.querySelectorAll('button, input, select, a')].filter((element) => {
        const labels = element instanceof HTMLInputElement || element instanceof HTMLSelectElement ? (element.labels?.length ?? 0) : 0;
        return element.textContent?.trim() === '' && labels === 0;
      }).length,
    );
    expect(unnamed).toBe(0);
  }); // prettier-ignore

  it.each([
    ['light', 1280],
    ['dark', 1280],
    ['light', 390],
    ['dark', 390],
  ] as const)('breaks no rule of accessibility: %s, %i wide', async (colorScheme, width) => {
    const { page } = await show(await annotatedReport(), { colorScheme, viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    await page.locator('button.open').first().click();
    await page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', '')));
    await page.evaluate(axe.source);
    const { violations } = await page.evaluate(async () => Reflect.get(globalThis, 'axe').run());
    const found = violations.map(({ id, nodes }: Violation) => [id, nodes.map(({ html: element, any }) => `${element} ${any.map(({ message }) => message).join()}`)]);
    expect(found).toEqual([]);
  }); // prettier-ignore

  it('shows everything without script', async () => {
    const { page, complaints } = await show(await annotatedReport(), { javaScriptEnabled: false });
    expect(await page.locator('tr.detail').first().isVisible()).toBe(true);
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });

  it('fits a phone and paper', async () => {
    const { page } = await show(await annotatedReport(), { viewport: { width: 360, height: 740 } });
    await page.locator('button.open').first().click();
    const overflow = async (): Promise<number> =>
      page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.emulateMedia({ media: 'print' });
    // A4 less its margins.
    await page.setViewportSize({ width: 718, height: 1000 });
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await overflow()).toBeLessThanOrEqual(0);
  });

  it.each([320, 360, 390])('fits a phone %i wide when the numbers are long', async (width) => {
    const report = await annotatedReport();
    const totals = { ...report.totals, calls: 49_123_456, findings: 100_000 };
    const { page } = await show({ ...report, totals }, { viewport: { width, height: 740 } });
    const { overflow, broken } = await page.evaluate(() => ({
      overflow: document.documentElement.scrollWidth - innerWidth,
      broken: [...document.querySelectorAll('.tile .value')]
        .filter((value) => /^[\d,]+$/.test(value.textContent ?? ''))
        .filter((value) => value.getBoundingClientRect().height > 1.5 * Number.parseFloat(getComputedStyle(value).fontSize)).length,
    }));
    expect(overflow).toBeLessThanOrEqual(0);
    expect(broken).toBe(0);
  }); // prettier-ignore

  it('runs nothing that a log brought in', async () => {
    const payload = '"><img src=x onerror=console.error(1)></script><script>console.error(2)</script>';
    const { page, complaints } = await show(hostileReport([payload]));
    await page.locator('button.open').first().click();
    await page.getByLabel('Search').fill('<script>');
    expect(await page.locator('img').count()).toBe(0);
    expect(complaints).toEqual([]);
  }); // prettier-ignore

  it('says what was looked at when nothing was found', async () => {
    const clean = await show(await reportOf([]));
    expect(await clean.page.locator('h1').textContent()).toBe(
      'No call to the legacy global STS endpoint was found',
    );
    expect(await clean.page.locator('#evidence').isVisible()).toBe(true);
    expect(clean.complaints).toEqual([]);
  });

  it('opens with 100,000 findings, says that it does not show all, and how long it took', async () => {
    const { page, complaints } = await show(await manyFindings(100_000));
    const took = await page.evaluate(() => {
      const timed = (act: () => void): number => {
        const before = performance.now();
        act();
        document.body.getBoundingClientRect();
        return performance.now() - before;
      };
      const [navigation] = performance.getEntriesByType('navigation');
      const search = document.querySelector<HTMLInputElement>('[name=search]');
      return {
        interactive: navigation instanceof PerformanceNavigationTiming ? navigation.domInteractive : Number.NaN,
        search: timed(() => {
          if (search !== null) search.value = 'role-77';
          search?.dispatchEvent(new Event('input', { bubbles: true }));
        }),
        sort: timed(() => document.querySelector<HTMLElement>('button.sort')?.click()),
      };
    });
    // The target is 2,000. A busy machine must not fail the test, so the figure is shown instead.
    process.stderr.write(`page of 100,000 findings, in ms: ${JSON.stringify(took)}\n`);
    expect(await page.getByRole('status').textContent()).toMatch(/of 500 shown$/);
    const note = page.locator('.callout.bad').first();
    expect(await note.textContent()).toContain('first 500 of 100,000');
    expect(await note.locator('a').getAttribute('href')).toBe('report.csv');
    expect(complaints).toEqual([]);
  }); // prettier-ignore

  it.runIf(SCREENSHOTS !== undefined)('is photographed for people to look at', async () => {
    mkdirSync(SCREENSHOTS ?? '', { recursive: true });
    for (const width of [1280, 390]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page } = await show(await annotatedReport(), { colorScheme, viewport: { width, height: 900 } });
        await page.locator('button.open').first().click();
        await page.screenshot({ path: join(SCREENSHOTS ?? '', `${width}-${colorScheme}.png`), fullPage: true });
      }
    }
  }); // prettier-ignore
});
