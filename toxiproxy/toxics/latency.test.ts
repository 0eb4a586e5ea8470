import { expect, test } from 'vitest';
import { aToxic, LinkBench } from '../testing/link-bench.ts';

const latency = (ms: number, name = 'latency', jitter = 0) =>
  aToxic({ type: 'latency', name, attributes: { latency: ms, jitter } });

test('hands a chunk on after the latency, counted from its read', () => {
  const bench = new LinkBench({ toxics: [latency(200)] });
  bench.send('one');
  bench.clock.advance(50);
  bench.send('three');
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [200, '3'],
    [250, '5'],
  ]);
});

test('two latencies add up, for chunks that follow closely as well', () => {
  const bench = new LinkBench({ toxics: [latency(100, 'a'), latency(150, 'b')] });
  bench.send('1');
  bench.clock.advance(10);
  bench.send('22');
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [250, '1'],
    [260, '2'],
  ]);
});

test('jitter reaches from -jitter to +jitter - 1 in whole ms', () => {
  const delays = [0, 0.5, 0.999_999].map((draw) => {
    const bench = new LinkBench({ toxics: [latency(100, 'a', 10)], random: () => draw });
    bench.send('x');
    bench.clock.runOut();
    return bench.log[0]?.[0];
  });
  expect(delays).toEqual([90, 100, 109]);
});

test('a long draw holds back those behind it', () => {
  const draws = [0, 0.999, 0];
  const bench = new LinkBench({ toxics: [latency(20, 'a', 10)], random: () => draws.shift() ?? 0 });
  bench.send('1');
  bench.send('22');
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [29, '1'],
    [29, '2'],
  ]);
});

test('a negative latency is none', () => {
  const bench = new LinkBench({ toxics: [latency(-5)] });
  bench.send('x');
  expect(bench.log).toEqual([[0, '1']]);
});

test('the end of the stream waits for data and for nothing else', () => {
  const idle = new LinkBench({ toxics: [latency(200)] });
  idle.link.end('half');
  const busy = new LinkBench({ toxics: [latency(200)] });
  busy.send('x');
  busy.link.end('half');
  busy.clock.runOut();
  expect([idle.log, busy.log]).toEqual([
    [[0, 'half']],
    [
      [200, '1'],
      [200, 'half'],
    ],
  ]);
});

test('an update releases the chunk being waited for and re-times the queue from each read', () => {
  const bench = new LinkBench({ toxics: [latency(2000)] });
  bench.send('1');
  bench.clock.advance(100);
  bench.send('22');
  bench.clock.advance(100);
  bench.link.update(latency(500));
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [200, '1'],
    [600, '2'],
  ]);
});

test('a removal releases everything at once, in order', () => {
  const bench = new LinkBench({ toxics: [latency(2000)] });
  for (const text of ['a', 'b', 'c']) bench.send(text);
  bench.link.end('half');
  bench.link.remove('latency');
  expect(bench.output).toBe('abc');
  expect(bench.log.at(-1)).toEqual([0, 'half']);
  expect(bench.clock.pendingTimers).toBe(0);
});

test('1024 chunks queue before the source is held back', () => {
  const bench = new LinkBench({ toxics: [latency(1000)] });
  for (let sent = 0; sent < 1024; sent += 1) bench.send('x');
  expect(bench.isSourcePaused).toBe(false);
  bench.send('x');
  expect(bench.isSourcePaused).toBe(true);
  bench.clock.advance(1000);
  expect(bench.isSourcePaused).toBe(false);
  expect(bench.output).toHaveLength(1025);
});
