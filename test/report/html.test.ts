// The HTML report in a real browser: what is drawn is what the journal tells, and everybody can read it.
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { pageAssets } from '../../cli/commands/page-assets.ts';
import { renderIndex } from '../../cli/report/html/index-page.ts';
import { renderHtml } from '../../cli/report/html/page.ts';
import { chromiumPath, howToGet, startChromium } from '../support/browser.ts';
import { hostile } from '../support/hostile.ts';
import { recorded, recordedRuns } from '../support/recorded.ts';
import { openPage } from './pages.ts';

const assets = pageAssets();
const failed = recorded('failed');
const failedPage = renderHtml(failed, assets);

describe.skipIf(chromiumPath === null)(`the HTML report in Chromium (${howToGet})`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startChromium();
  });
  afterAll(() => browser?.close());

  it.each(recordedRuns)(
    'of a run that is %s: no error, nothing from the network, no sideways scroll at 360 px',
    async (name) => {
      const viewport = { width: 360, height: 740 };
      await using open = await openPage(browser, renderHtml(recorded(name), assets), { viewport });

      expect(await open.page.locator('.verdict h2').textContent()).toContain(recorded(name).verdict);
      expect(await widthOf(open.page)).toBe(360);
      expect(open.trouble).toEqual([]);
    },
  );

  it.each(['light', 'dark'] as const)(
    'can be read by everybody in %s: axe finds nothing serious',
    async (colorScheme) => {
      for (const page of [
        failedPage,
        renderHtml(recorded('manual'), assets),
        renderHtml(recorded('errored'), assets),
      ]) {
        await using open = await openPage(browser, page, { colorScheme });
        expect(await violationsIn(open.page)).toEqual([]);
      }
    },
  );

  it('draws every chart from what the journal tells', async () => {
    await using open = await openPage(browser, failedPage);
    const { series } = failed;
    const drawn = await open.page.locator('path[data-of="success"]').getAttribute('d');
    const top = Math.max(...(await marksOf(open.page, 1)));

    const levels = [...(drawn ?? '').matchAll(/V([\d.]+)H(\d+)/g)].slice(0, series.planned.length);
    expect(levels.map(([, y]) => Math.round((top * (100 - Number(y))) / 100))).toEqual(series.outcomes.success);
    expect(levels.map(([, , x]) => Number(x))).toEqual(series.planned.map((_, index) => (index + 1) * series.widthMs));
    expect(await open.page.locator('.block.open').count()).toBe(
      failed.transitions.filter(({ to }) => to === 'open').length,
    );
    await open.page.locator('.figures summary').click();
    const cells = await open.page.locator('.figures tbody tr').nth(5).locator('th, td').allTextContents();
    expect(cells.slice(0, 3)).toEqual(['5 s', String(series.planned[5]), String(series.sent[5])]);
  });

  it('tells at the cursor what happened there', async () => {
    await using open = await openPage(browser, failedPage);
    const plot = open.page.locator('.plot');
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width } = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    await open.page.mouse.move(x + (width * 5_500) / Math.ceil(failed.durationMs), y + 10);

    expect(await readings(open.page)).toMatchObject({
      phase: 'outage',
      faults: 'httpError 503 on payment',
      breakers: 'order->payment open',
      planned: String(failed.series.planned[5]),
      sent: String(failed.series.sent[5]),
      outcomes: `${failed.series.outcomes.rejected[5]} rejected`,
    });
    expect(await plot.getAttribute('aria-valuetext')).toContain('phase outage');
  });

  it('zooms by dragging, and back by a double click', async () => {
    await using open = await openPage(browser, failedPage);
    const plot = open.page.locator('.plot');
    await plot.scrollIntoViewIfNeeded();
    const { x, y, width } = (await plot.boundingBox()) ?? { x: 0, y: 0, width: 0 };
    const end = Math.ceil(failed.durationMs);
    await open.page.mouse.move(x + width / 4, y + 20);
    await open.page.mouse.down();
    await open.page.mouse.move(x + width / 2, y + 20, { steps: 4 });
    await open.page.mouse.up();

    const [from = 0, , span = 0] = await viewOf(open.page);
    expect(Math.abs(from - end / 4)).toBeLessThan(end / 100);
    expect(Math.abs(span - end / 4)).toBeLessThan(end / 100);
    await plot.dblclick();
    expect(await viewOf(open.page)).toEqual([0, 0, end, 100]);
  });

  it('is worked by the keyboard alone', async () => {
    await using open = await openPage(browser, failedPage);
    const end = Math.ceil(failed.durationMs);
    await open.page.locator('.plot').focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await open.page.keyboard.press(key);
    const { at = '' } = await readings(open.page);
    await open.page.keyboard.press('+');
    const [, , half = 0] = await viewOf(open.page);
    await open.page.keyboard.press('0');

    expect(Number.parseFloat(at)).toBeCloseTo((3 * end) / 20 / 1_000, 1);
    expect(half).toBeCloseTo(end / 2, 0);
    expect(await viewOf(open.page)).toEqual([0, 0, end, 100]);
    await open.page.locator('.term button').first().focus();
    expect(await open.page.locator('[role=tooltip]').first().isVisible()).toBe(true);
    await open.page.keyboard.press('Escape');
    expect(await open.page.locator('[role=tooltip]').first().isVisible()).toBe(false);
  });

  it('changes its theme, and copies its command', async () => {
    await using open = await openPage(browser, failedPage, { permissions: ['clipboard-read', 'clipboard-write'] });
    const ground = () => open.page.evaluate('getComputedStyle(document.body).backgroundColor');
    const before = await ground();
    await open.page.locator('#theme').click();
    await open.page.locator('#theme').click();
    expect(await open.page.locator('#theme').textContent()).toBe('Theme: dark');
    expect(await ground()).not.toEqual(before);

    await open.page.locator('#copy').click();
    await open.page.locator('#copied:not(:empty)').waitFor();
    expect(await open.page.evaluate('navigator.clipboard.readText()')).toBe(failed.command);
  });

  it('is whole on paper: as wide as A4, definitions, no controls, and the light theme', async () => {
    const viewport = { width: 718, height: 1_023 };
    await using open = await openPage(browser, failedPage, { colorScheme: 'dark', viewport });
    await open.page.emulateMedia({ media: 'print', colorScheme: 'dark' });

    expect(await widthOf(open.page)).toBe(718);
    expect(await open.page.locator('.toolbar').isVisible()).toBe(false);
    expect(await open.page.locator('[role=tooltip]').first().isVisible()).toBe(true);
    expect(await open.page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(252, 252, 250)');
  });

  it('shows the whole run where scripts are off', async () => {
    await using open = await openPage(browser, failedPage, { javaScriptEnabled: false });

    expect(await open.page.locator('.chart').count()).toBe(3);
    expect(await open.page.locator('.toolbar').isVisible()).toBe(false);
    expect(await open.page.locator('.axis span').last().textContent()).toBe('14 s');
  });

  it('runs nothing that anybody named, and stays in its frame', async () => {
    await using open = await openPage(browser, renderHtml(hostile(recorded('manual')), assets), {
      viewport: { width: 360, height: 740 },
    });

    expect(await open.page.evaluate('window.hacked')).toBeUndefined();
    expect(await open.page.locator('img').count()).toBe(0);
    expect(await widthOf(open.page)).toBe(360);
    expect(open.trouble).toEqual([]);
  });

  it.each(['light', 'dark'] as const)('has an index of runs that everybody can read in %s', async (colorScheme) => {
    const runs = recordedRuns.map((name) => {
      const { run, scenario, verdict, reason, startedAt, durationMs } = recorded(name);
      const figures = { success: 0.5, p99Ms: 90, openMs: 350, recoverMs: null };
      return {
        run,
        scenario: scenario.name,
        verdict,
        reason,
        startedAt,
        durationMs,
        href: `./${run}/report.html`,
        figures,
      };
    });
    const viewport = { width: 360, height: 740 };
    await using open = await openPage(browser, renderIndex(runs, assets), { colorScheme, viewport });

    expect(await open.page.locator('main section:last-of-type tbody tr').count()).toBe(recordedRuns.length);
    expect(await widthOf(open.page)).toBe(360);
    expect(await violationsIn(open.page)).toEqual([]);
    expect(open.trouble).toEqual([]);
  });
});

const widthOf = (page: Page): Promise<unknown> => page.evaluate('document.documentElement.scrollWidth');

const viewOf = async (page: Page): Promise<readonly number[]> =>
  ((await page.locator('.chart').first().getAttribute('viewBox')) ?? '').split(' ').map(Number);

const marksOf = async (page: Page, chart: number): Promise<readonly number[]> =>
  (await page.locator('.marks').nth(chart).locator('span').allTextContents()).map(Number);

async function readings(page: Page): Promise<Readonly<Record<string, string>>> {
  const lines = await page.locator('.readout [data-read]').all();
  const told = lines.map(
    async (line) => [(await line.getAttribute('data-read')) ?? '', (await line.textContent()) ?? ''] as const,
  );
  return Object.fromEntries(await Promise.all(told));
}

const foundSchema = z.array(
  z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() })) }),
);

async function violationsIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const found = foundSchema.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
