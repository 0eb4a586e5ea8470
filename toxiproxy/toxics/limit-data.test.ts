import { expect, test } from 'vitest';
import { aToxic, LinkBench } from '../testing/link-bench.ts';

const limit = (bytes: number) => aToxic({ type: 'limit_data', attributes: { bytes } });

test('passes exactly that many bytes, cutting inside a chunk, then closes', () => {
  const bench = new LinkBench({ toxics: [limit(5)] });
  bench.send('abc');
  bench.send('def');
  expect(bench.output).toBe('abcde');
  expect(bench.log.at(-1)).toEqual([0, 'full']);
});

test('closes at the limit without waiting for more', () => {
  const bench = new LinkBench({ toxics: [limit(3)] });
  bench.send('abc');
  expect(bench.log.map(([, what]) => what)).toEqual(['3', 'full']);
});

test('0 closes at the first data and leaves an idle connection alone', () => {
  const bench = new LinkBench({ toxics: [limit(0)] });
  expect(bench.log).toEqual([]);
  bench.send('x');
  expect(bench.log).toEqual([[0, 'full']]);
});

test('the count survives updates', () => {
  const bench = new LinkBench({ toxics: [limit(10)] });
  bench.send('abcd');
  bench.link.update(limit(6));
  bench.send('efgh');
  expect(bench.output).toBe('abcdef');
});

test('a limit below what has passed closes at the next chunk, which is dropped', () => {
  const bench = new LinkBench({ toxics: [limit(10)] });
  bench.send('abcd');
  bench.link.update(limit(2));
  expect(bench.log).toHaveLength(1);
  bench.send('efgh');
  expect(bench.log.map(([, what]) => what)).toEqual(['4', 'full']);
});

test('an update while the sink is full does not let bytes past the limit', () => {
  const bench = new LinkBench({ toxics: [limit(3)] });
  bench.hasRoom = false;
  bench.send('abcdef');
  bench.link.update(limit(4));
  bench.drain();
  expect(bench.output).toBe('abcd');
});
