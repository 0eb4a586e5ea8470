import { expect, it } from 'vitest';
import { pageAssets } from '../../cli/commands/page-assets.ts';
import { renderHtml } from '../../cli/report/html/page.ts';
import { resultOf } from '../../cli/verdict/result.ts';
import { bigRun } from '../../cli/verdict/testing/big-run.ts';

it('the HTML report of a minute at 500 orders a second is smaller than 400 kB', () => {
  // Every call of every order, half a million events; what is one-off is in them, too.
  const result = resultOf([...bigRun({ seconds: 61, perSecond: 500 })], { cutOff: false });
  const page = renderHtml(result, pageAssets());

  expect(result.verdict).toBe('passed');
  expect(result.series.planned).toEqual(Array.from({ length: 61 }, () => 500));
  expect(page.length).toBeLessThan(400_000);
});
