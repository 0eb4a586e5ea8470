import { expect, it } from 'vitest';
import { parseThreshold } from './threshold.ts';

it('reads a share over named phases', () => {
  expect(parseThreshold('orders.success  >= 99%  during baseline, recovery')).toEqual({
    ok: true,
    threshold: {
      text: 'orders.success >= 99% during baseline, recovery',
      metric: { of: 'orders', what: 'success' },
      op: '>=',
      during: ['baseline', 'recovery'],
      kind: 'share',
      limit: 0.99,
    },
  });
});

it('reads a percentile of a link, in either spelling of the link', () => {
  expect(parseThreshold('calls.order:payment.duration p(99.9)<1.5s')).toEqual({
    ok: true,
    threshold: {
      text: 'calls.order:payment.duration p(99.9)<1.5s',
      metric: { of: 'calls', link: 'order->payment', what: 'duration' },
      op: '<',
      during: [],
      kind: 'duration',
      aggregation: { kind: 'p', percent: 99.9 },
      limit: 1_500,
    },
  });
});

it.each([
  ['orders.success', 'not a threshold'],
  ['orders.success == 99%', 'not a threshold'],
  ['orders.sucess >= 99%', 'did you mean "orders.success"'],
  ['calls.order->payment.succes >= 99%', 'did you mean "calls.order->payment.success"'],
  ['calls.order->paymnt.success >= 99%', 'did you mean "order->payment"'],
  ['orders.success p(99) >= 99%', 'a share takes no p(99)'],
  ['orders.success >= 0.99', 'write a percentage'],
  ['orders.success >= 101%', 'can never be reached'],
  ['orders.success > 100%', 'can never hold'],
  ['orders.failed < 0%', 'did you mean <= 0%'],
  ['orders.success >= 0%', 'it promises nothing'],
  ['orders.failed <= 100%', 'it promises nothing'],
  ['orders.duration < 300ms', 'needs an aggregation'],
  ['orders.duration p(99) < 300', 'write one with its unit'],
  ['orders.duration p(100) < 300ms', 'for 100 write max'],
  ['orders.duration p99 < 300ms', 'did you mean "p(99)"'],
  ['orders.duration max < 0ms', 'must be above zero'],
])('refuses "%s"', (text, reason) => {
  const parsed = parseThreshold(text);

  expect(parsed.ok ? 'accepted' : parsed.message).toContain(reason);
});
