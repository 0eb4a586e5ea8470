import { describe, expect, it } from 'vitest';
import { resultOf } from '../verdict/result.ts';
import { type Draft, from } from '../verdict/testing/events.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { renderHtml } from './html/page.ts';
import { renderJson } from './json.ts';
import { renderJunit } from './junit.ts';
import { renderMarkdown } from './markdown.ts';
import { plain } from './paint.ts';
import { onlyRun } from './run-series.ts';
import { summaryLines } from './summary.ts';

describe('a run is inconclusive, and marked manual everywhere, by', () => {
  it('a breaker or a load changed by hand, for the same reason', () => {
    const deeds: readonly Draft[] = [
      { type: 'hand', at: 9_000, action: 'breaker', target: 'order->payment', detail: 'forced open' },
      { type: 'hand', at: 9_500, action: 'breaker', target: 'order->payment', detail: 'auto' },
      { type: 'hand', at: 9_900, action: 'load', target: 'checkout', detail: '20/s -> 50/s' },
    ];
    const result = resultOf([...simulate(), ...from('runner-hand', deeds)], { cutOff: false });
    expect(result).toMatchObject({ verdict: 'inconclusive', manual: true });
    expect(result.notes).toEqual([
      'the breaker of order->payment was forced open by hand',
      'the breaker of order->payment was let go by hand',
      'the rate of checkout was set by hand (20/s -> 50/s)',
    ]);
    expect(result.judgements.find(({ id }) => id === 'by-hand')).toMatchObject({
      observed: 'forced open on order->payment, auto on order->payment, 20/s -> 50/s on checkout',
    });
    const markdown = renderMarkdown(onlyRun(result));
    expect(markdown).toContain('**Manual**');
    expect(renderJunit(onlyRun(result))).toContain('name="manual" value="true"');
    expect(JSON.parse(renderJson(onlyRun(result)))).toMatchObject({ manual: true });
    const assets = { style: '', page: '', timeline: '' };
    expect(renderHtml(result, assets)).toContain('<strong>Manual</strong>: the system was changed by hand.');
    expect(renderHtml(resultOf(simulate(), { cutOff: false }), assets)).not.toContain('<strong>Manual');
    expect(summaryLines(result, plain)[0]).toMatch(/ {3}manual$/);
  });

  it('a playground, whatever was done', () => {
    const started = simulate().map((event) =>
      event.type === 'run.started' ? { ...event, manual: true as const } : event,
    );
    expect(resultOf(started, { cutOff: false })).toMatchObject({ verdict: 'inconclusive', manual: true });
  });
});
