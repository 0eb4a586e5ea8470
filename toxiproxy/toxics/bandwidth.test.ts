import { expect, test } from 'vitest';
import { aToxic, LinkBench } from '../testing/link-bench.ts';
import { bandwidth } from './bandwidth.ts';

const rate = (kilobytesPerSecond: number) => aToxic({ type: 'bandwidth', attributes: { rate: kilobytesPerSecond } });

test('passes pieces of at most 100 ms worth, each after its time has passed', () => {
  const bench = new LinkBench({ toxics: [rate(100)] });
  bench.sendBytes(32_768);
  bench.clock.runOut();
  expect(bench.log.map(([at, size]) => [Math.round(at * 100) / 100, size])).toEqual([
    [100, '10000'],
    [200, '10000'],
    [300, '10000'],
    [327.68, '2768'],
  ]);
});

test('gives no credit for an idle time', () => {
  const bench = new LinkBench({ toxics: [rate(10)] });
  bench.clock.advance(1000);
  bench.sendBytes(2000);
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [1100, '1000'],
    [1200, '1000'],
  ]);
});

test('holds the sender back instead of queueing', () => {
  const bench = new LinkBench({ toxics: [rate(10)] });
  bench.sendBytes(65_536);
  expect(bench.isSourcePaused).toBe(true);
});

test('rate 0 holds everything, and a close behind it, until it is removed', () => {
  const bench = new LinkBench({ toxics: [rate(0)] });
  bench.send('held');
  bench.link.end('half');
  bench.clock.advance(1e9);
  expect(bench.log).toEqual([]);
  bench.link.remove('bandwidth');
  expect(bench.log.map(([, what]) => what)).toEqual(['4', 'half']);
});

test('rate 0 lets a close with nothing held pass', () => {
  const bench = new LinkBench({ toxics: [rate(0)] });
  bench.link.end('half');
  expect(bench.log).toEqual([[0, 'half']]);
});

test('an update releases the chunk in work', () => {
  const bench = new LinkBench({ toxics: [rate(10)] });
  bench.sendBytes(5000);
  bench.clock.advance(150);
  bench.link.update(rate(20));
  expect(bench.log).toEqual([
    [100, '1000'],
    [150, '4000'],
  ]);
});

test('a negative rate is a problem, not a crash', () => {
  expect(bandwidth.with(new Map([['rate', -1]])).problem()).toBe('bandwidth: rate must not be negative, got -1');
});
