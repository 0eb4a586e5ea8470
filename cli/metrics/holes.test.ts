import { expect, it } from 'vitest';
import type { RunEvent } from '../../services/contract/events.ts';
import { holesIn } from './holes.ts';

const anEvent = (src: string, seq: number): RunEvent => ({
  v: 1,
  at: 0,
  src,
  seq,
  type: 'phase',
  name: 'baseline',
  edge: 'start',
  judged: true,
});

it('finds what is missing, per source, in whatever order the lines stand', () => {
  const events = [
    ...[1, 2, 4].map((seq) => anEvent('runner', seq)),
    ...[10, 12, 11, 15].map((seq) => anEvent('order/b1', seq)),
  ];
  expect(holesIn(events)).toEqual([
    { of: 'runner', after: 2, next: 4 },
    { of: 'order/b1', after: 12, next: 15 },
  ]);
});

it('misses the first events of the runner, not those of a service that is older than the run', () => {
  expect(holesIn([anEvent('runner', 2), anEvent('order/b1', 7)])).toEqual([{ of: 'runner', after: 0, next: 2 }]);
});
