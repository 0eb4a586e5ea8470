import { expect, it } from 'vitest';
import { hostileText } from '../../../test/support/hostile.ts';
import { type IndexedRun, renderIndex } from './index-page.ts';
import { sparkline } from './sparkline.ts';

const assets = { style: '', page: '' };
const aRun = (run: Partial<IndexedRun> & { readonly run: string }): IndexedRun => ({
  scenario: 'payment-outage',
  startedAt: '2026-11-01T10:00:00.000Z',
  verdict: 'passed',
  reason: 'all 11 expectations hold',
  durationMs: 35_049,
  href: `./${run.run}/report.html`,
  figures: { success: 0.4872, p99Ms: 53, openMs: 130, recoverMs: 8_173 },
  ...run,
});

it('is the history of each scenario and every run, whole', async () => {
  const unknown = { success: null, p99Ms: null, openMs: null, recoverMs: null };
  const runs = [
    aRun({
      run: 'payment-outage-3',
      verdict: 'failed',
      reason: '1 of 11 expectations failed',
      figures: { success: 0.4, p99Ms: 400, openMs: 900, recoverMs: 9_000 },
    }),
    aRun({
      run: 'calm-1',
      scenario: 'calm',
      verdict: 'cut off',
      reason: 'its journal has no end',
      href: null,
      figures: unknown,
    }),
    aRun({ run: 'payment-outage-2', verdict: 'interrupted', reason: 'by SIGINT', figures: unknown }),
    aRun({ run: 'payment-outage-1' }),
  ];
  await expect(renderIndex(runs, assets)).toMatchFileSnapshot('testing/index.html');
});

it('says so where there is no run', () => {
  expect(renderIndex([], assets)).toContain('there is no run yet');
});

it('can be broken by no name', () => {
  const page = renderIndex(
    [
      aRun({
        run: hostileText,
        scenario: hostileText,
        reason: hostileText,
        verdict: hostileText,
        startedAt: hostileText,
      }),
    ],
    assets,
  );

  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).not.toMatch(/<img|[\u202E\u2066]/);
});

it('draws a line with a gap where there was nothing to measure, and a lone value as a dot', () => {
  const { markup } = sparkline({ name: 'p99', values: [10, 20, null, 5], text: (value) => `${value} ms` });

  expect(markup).toContain('aria-label="p99: 3 runs, 5 ms to 20 ms, latest 5 ms"');
  expect(markup).toContain('d="M0.0 12.0L40.0 2.0M120.0 17.0"/><path class="alone" d="M120.0 17.0h0.01"/>');
  expect(sparkline({ name: 'p99', values: [null], text: String }).markup).not.toContain('svg');
});
