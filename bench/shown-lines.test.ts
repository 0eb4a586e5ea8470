import { expect, it } from 'vitest';
import { lineOf } from '../cli/report/line.ts';
import { plain } from '../cli/report/paint.ts';
import type { EventOf, RunEvent } from '../services/contract/events.ts';
import { shownAfter } from './shown-lines.ts';

const envelope = { v: 1, src: 'order/b1', seq: 1 };
const aStart = (monotonicStart: number): RunEvent => ({
  ...envelope,
  at: 0,
  type: 'run.started',
  run: 'r1',
  scenario: { name: 's', path: 's.yaml', text: '' },
  seed: 1,
  command: '',
  startedAt: '',
  monotonicStart,
  fleet: { name: 'f', driver: 'process', ephemeral: true, policies: {} },
  versions: {},
  machine: { platform: 'test', cpus: 1, memoryMb: 1 },
  plan: [],
});
const aTransition = (at: number, link: string, to: 'open' | 'halfOpen'): EventOf<'breaker'> => ({
  ...envelope,
  at,
  type: 'breaker',
  link,
  from: to === 'open' ? 'halfOpen' : 'open',
  to,
  cause: to === 'open' ? 'probe-failed' : 'wait-over',
  streak: 3,
  generation: 1,
});
const shown = (event: RunEvent, after: number) => ({ at: 1_000 + event.at + after, text: lineOf(event, plain) ?? '' });

it('tells how long after it happened each transition was on the screen', () => {
  const events = [
    aTransition(100, 'order->payment', 'open'),
    aTransition(150, 'gateway->order', 'open'),
    aTransition(200, 'order->payment', 'halfOpen'),
  ];
  const [first, second, third] = events;
  if (first === undefined || second === undefined || third === undefined) throw new Error('three were made');
  // Lines of different links may change places.
  const lines = [shown(second, 1), { at: 1_000, text: '  0 ms  phase outage' }, shown(first, 3), shown(third, 2)];
  expect(shownAfter(lines, [aStart(1_000), ...events])).toEqual([3, 1, 2]);
});

it('throws where the screen leaves one out or tells another', () => {
  const open = aTransition(100, 'order->payment', 'open');
  const halfOpen = aTransition(100, 'order->payment', 'halfOpen');
  expect(() => shownAfter([], [aStart(0), open])).toThrow('the screen has undefined');
  expect(() => shownAfter([shown(open, 1)], [aStart(0), halfOpen])).toThrow('the screen has halfOpen -> open');
});
