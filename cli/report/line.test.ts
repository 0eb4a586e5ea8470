import { expect, it } from 'vitest';
import { aMove, type Draft, from } from '../verdict/testing/events.ts';
import { simulate } from '../verdict/testing/simulate.ts';
import { lineOf } from './line.ts';
import { plain } from './paint.ts';

const linesOf = (drafts: readonly Draft[]) => from('any', drafts).map((event) => lineOf(event, plain));

it('shows a run as it happens, and not its thousand requests', () => {
  const lines = simulate()
    .toSorted((a, b) => a.at - b.at)
    .flatMap((event) => lineOf(event, plain) ?? []);

  expect(`\n${lines.join('\n')}\n`).toMatchInlineSnapshot(`
    "
       0.000s  phase warmup  not judged
       1.000s  phase baseline
       3.000s  phase outage
       3.000s  order->payment  down   fault outage/1
       3.024s  order->payment  closed -> open   3 failures in a row (refused)
       5.024s  order->payment  open -> halfOpen   the wait is over
       5.034s  order->payment  halfOpen -> open   the probe failed (refused)
       7.034s  order->payment  open -> halfOpen   the wait is over
       7.044s  order->payment  halfOpen -> open   the probe failed (refused)
       8.000s  cleared   fault outage/1
       8.000s  phase recovery
       9.044s  order->payment  open -> halfOpen   the wait is over
       9.054s  order->payment  halfOpen -> closed   the probe succeeded
    "
  `);
});

it('tells what went wrong with processes, events and breakers', () => {
  const exited = { type: 'process', at: 12_345.6, process: 'payment', change: 'exited' } as const;

  expect(
    linesOf([
      { ...exited, code: null, signal: 'SIGKILL', expected: true },
      { ...exited, code: 1, signal: null, expected: false },
      { type: 'gap', at: 100_000, of: 'order/1', after: 3, next: null, reason: 'the stream was closed' },
      { type: 'fault.cleared', at: 5, fault: 'outage/1', reason: 'stop' },
      aMove('close', { at: 1, cause: 'manual', from: 'open' }),
    ]),
  ).toMatchInlineSnapshot(`
    [
      "  12.346s  payment exited by SIGKILL",
      "  12.346s  payment exited with code 1   no fault did it",
      " 100.000s  events of order/1 lost   the stream was closed",
      "   0.005s  cleared   fault outage/1 (stop)",
      "   0.001s  order->payment  open -> closed   set by hand",
    ]
  `);
});

it('tells of an opening by the rate rule what it was decided on', () => {
  expect(linesOf([aMove('open', { at: 5_132, window: { calls: 25, failures: 15 }, error: 'status 503' })])).toEqual([
    '   5.132s  order->payment  closed -> open   60 % of 25 calls failed (status 503)',
  ]);
});

it('paints a state by what it means', () => {
  const mark = (name: string) => (text: string) => `<${name} ${text}>`;
  const paint = { ...plain, ok: mark('ok'), bad: mark('bad'), warn: mark('warn') };
  const [open, wait, close] = from('order/1', [
    aMove('open', { at: 1 }),
    aMove('wait', { at: 2 }),
    aMove('close', { at: 3 }),
  ]);

  expect(
    [open, wait, close].map((event) => event && lineOf(event, paint)?.split('->').at(-1)?.trim().split('   ')[0]),
  ).toEqual(['<bad open>', '<warn halfOpen>', '<ok closed>']);
});
