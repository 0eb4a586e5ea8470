// A journal of a hundred thousand events, generated, in every format: no report grows with the number of orders.
import { describe, expect, it } from 'vitest';
import { formats } from '../../cli/report/formats.ts';
import { onlyRun } from '../../cli/report/run-series.ts';
import { noAssets } from '../../cli/report/testing/no-assets.ts';
import { resultOf } from '../../cli/verdict/result.ts';
import { bigRun } from '../../cli/verdict/testing/big-run.ts';

describe('a run of a hundred thousand events', () => {
  const events = [...bigRun({ seconds: 13, perSecond: 500 })];
  const result = resultOf(events, { cutOff: false });

  it('is that large', () => {
    expect(events.length).toBeGreaterThan(100_000);
    expect(result.verdict).toBe('passed');
  });

  it.each(formats)('as $name', async ({ file, render }) => {
    const text = render(onlyRun(result), noAssets);

    expect(text.length).toBeLessThan(100_000);
    await expect(text).toMatchFileSnapshot(`../journals/told/large/${file}`);
  });
});
