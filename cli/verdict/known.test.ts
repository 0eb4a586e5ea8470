import { expect, it } from 'vitest';
import type { Judgement, VerdictWord } from './judgement.ts';
import { differsFromKnown } from './known.ts';

const judgement = (id: string, kind: Judgement['kind'], title: string, standing: Judgement['standing']): Judgement => ({
  id,
  kind,
  title,
  standing,
  expected: '',
  observed: '',
  margin: null,
});

const latency = (standing: Judgement['standing']) =>
  judgement('threshold/1', 'threshold', 'orders.duration p(99) during outage', standing);
const path = (standing: Judgement['standing']) =>
  judgement('breaker/order->payment/path', 'breaker', 'order->payment path', standing);
const recovery = (standing: Judgement['standing']) => judgement('recovery', 'recovery', 'recovered', standing);
const dose = (standing: Judgement['standing']) => judgement('dose/outage/1', 'dose', 'outage/1: down', standing);

function differs(
  verdict: VerdictWord,
  judgements: readonly Judgement[],
  known: 'passed' | 'failed' | 'inconclusive',
  ...by: string[]
) {
  return differsFromKnown({ verdict, reason: 'so it is', judgements }, { verdict: known, by });
}

it('is as known when it passed and was to pass', () => {
  expect(differs('passed', [latency('passed')], 'passed')).toBeNull();
  expect(differs('failed', [latency('failed')], 'passed')).toBe('known to be passed, but failed: so it is');
  expect(differs('inconclusive', [latency('inconclusive')], 'passed')).toMatch(/but inconclusive/);
});

it('is as known when it failed by what it was to fail by, named by metric, title, breaker or kind', () => {
  const failed = [latency('failed'), path('failed'), recovery('failed')];

  expect(differs('failed', failed, 'failed', 'orders.duration', 'order->payment.path', 'recovery')).toBeNull();
  expect(differs('failed', [latency('failed')], 'failed', 'orders.duration p(99) during outage')).toBeNull();
});

it('is not as known when something else failed as well, or instead', () => {
  expect(differs('failed', [latency('failed'), path('failed')], 'failed', 'orders.duration')).toBe(
    'known to be failed by orders.duration alone, but also by order->payment path',
  );
  expect(differs('failed', [latency('passed'), path('failed')], 'failed', 'orders.duration')).toBe(
    'known to be failed by orders.duration, which is passed',
  );
  expect(differs('failed', [path('failed')], 'failed', 'orders.duration')).toMatch(/which was not judged/);
});

it('is never as known when it broke, whatever was known', () => {
  expect(differs('errored', [], 'passed')).toMatch(/but errored/);
  expect(differs('interrupted', [latency('failed')], 'failed', 'orders.duration')).toMatch(/but interrupted/);
});

it('is inconclusive by the evidence where evidence fell short, and else by the expectation', () => {
  const unclear = [latency('inconclusive'), dose('inconclusive')];

  expect(differs('inconclusive', unclear, 'inconclusive', 'dose')).toBeNull();
  expect(differs('inconclusive', unclear, 'inconclusive', 'orders.duration')).toMatch(/alone, but also|which is/);
  expect(
    differs('inconclusive', [latency('inconclusive'), dose('passed')], 'inconclusive', 'orders.duration'),
  ).toBeNull();
  expect(differs('inconclusive', unclear, 'inconclusive')).toBeNull();
});
