import { expect, test } from 'vitest';
import { aToxic, LinkBench } from '../testing/link-bench.ts';

const timeout = (ms: number, toxicity = 1) => aToxic({ type: 'timeout', attributes: { timeout: ms }, toxicity });

test('discards data and closes when that long has passed without any', () => {
  const bench = new LinkBench({ toxics: [timeout(300)] });
  bench.clock.advance(200);
  bench.send('lost');
  bench.clock.runOut();
  expect(bench.log).toEqual([[500, 'full']]);
});

test('0 never closes by itself', () => {
  const bench = new LinkBench({ toxics: [timeout(0)] });
  bench.send('lost');
  bench.clock.advance(1e9);
  expect(bench.log).toEqual([]);
});

test('passes a close of the source on at once', () => {
  const bench = new LinkBench({ toxics: [timeout(0)] });
  bench.link.end('half');
  expect(bench.log).toEqual([[0, 'half']]);
});

test('an update restarts the timer', () => {
  const bench = new LinkBench({ toxics: [timeout(300)] });
  bench.clock.advance(200);
  bench.link.update(timeout(300));
  bench.clock.runOut();
  expect(bench.log).toEqual([[500, 'full']]);
});

test('its removal closes the connection, whose stream has a hole', () => {
  const bench = new LinkBench({ toxics: [timeout(0)] });
  bench.send('lost');
  bench.link.remove('timeout');
  bench.send('more');
  expect(bench.log).toEqual([[0, 'full']]);
});

test('so does a toxicity that no longer includes the connection', () => {
  const bench = new LinkBench({ toxics: [timeout(0)] });
  bench.link.update(timeout(0, 0));
  expect(bench.log).toEqual([[0, 'full']]);
});

test('its removal leaves a connection alone that it was not active on', () => {
  const bench = new LinkBench({ toxics: [timeout(0, 0.1)], random: () => 0.5 });
  bench.link.remove('timeout');
  bench.send('fine');
  expect(bench.output).toBe('fine');
});

test('data that was passed before it waits in later toxics and still arrives', () => {
  const bench = new LinkBench({ toxics: [aToxic({ type: 'limit_data', attributes: { bytes: 3 } })] });
  bench.link.add(aToxic({ type: 'latency', attributes: { latency: 100 } }));
  bench.send('abcdef');
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [100, '3'],
    [100, 'full'],
  ]);
});
