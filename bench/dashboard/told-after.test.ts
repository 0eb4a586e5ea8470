import { expect, it } from 'vitest';
import { bigRun } from '../../cli/verdict/testing/big-run.ts';
import { aMove, from } from '../../cli/verdict/testing/events.ts';
import type { RunEvent } from '../../services/contract/events.ts';
import { toldAfter } from './told-after.ts';

/** `run.started.monotonicStart` of a generated run. */
const start = 1_000;
const [started] = bigRun({ seconds: 5, perSecond: 500 });
const events: readonly RunEvent[] = [
  ...(started === undefined ? [] : [started]),
  ...from('order/1', [aMove('open', { at: 400 }), aMove('wait', { at: 2_450 }), aMove('close', { at: 2_510 })]),
];
const size = { columns: 60, rows: 3 };

it('tells after how long each event stood on the screen, in whatever pieces it was drawn', () => {
  const drawn = [
    { at: start + 480, text: '0.4s order->pay' },
    { at: start + 500, text: 'ment closed -> open\r\n' },
    { at: start + 2_600, text: '2.5s order->payment half-open -> c…' },
  ];

  expect(toldAfter(drawn, events, { ...size, since: 0 })).toEqual([
    { type: 'breaker', afterMs: 100 },
    { type: 'breaker', afterMs: null },
    { type: 'breaker', afterMs: 90 },
  ]);
});

it('leaves out what was before the dashboard', () => {
  expect(toldAfter([], events, { ...size, since: 2_500 })).toEqual([{ type: 'breaker', afterMs: null }]);
});
