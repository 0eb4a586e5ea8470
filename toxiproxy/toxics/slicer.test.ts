import { expect, test } from 'vitest';
import { aToxic, LinkBench } from '../testing/link-bench.ts';
import { slicer } from './slicer.ts';

const sliced = (average_size: number, size_variation: number, delay: number) =>
  aToxic({ type: 'slicer', attributes: { average_size, size_variation, delay } });

test('halves a chunk until each piece is small enough, and pauses after each', () => {
  const bench = new LinkBench({ toxics: [sliced(100, 0, 2000)] });
  bench.sendBytes(400);
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [0, '100'],
    [2, '100'],
    [4, '100'],
    [6, '100'],
  ]);
});

test('the pause after the last piece delays the next chunk', () => {
  const bench = new LinkBench({ toxics: [sliced(100, 0, 5000)] });
  bench.send('1');
  bench.send('2');
  bench.clock.runOut();
  expect(bench.log.map(([at]) => at)).toEqual([0, 5]);
});

test('an interruption releases the rest in one piece', () => {
  const bench = new LinkBench({ toxics: [sliced(100, 0, 2000)] });
  bench.sendBytes(400);
  bench.link.remove('slicer');
  expect(bench.log.map(([, size]) => size)).toEqual(['100', '300']);
});

test('a variation as large as the average still ends', () => {
  const bench = new LinkBench({ toxics: [sliced(1, 1, 0)], random: () => 0 });
  bench.send('abcdefghij');
  expect(bench.output).toBe('abcdefghij');
});

test.each([
  [0, 0, 'slicer: average_size must be at least 1 byte, got 0'],
  [10, 11, 'slicer: size_variation must not exceed average_size, got 11 and 10'],
  [10, 10, undefined],
])('average %i with variation %i: %s', (average, variation, problem) => {
  const toxic = slicer.with(
    new Map([
      ['average_size', average],
      ['size_variation', variation],
    ]),
  );
  expect(toxic.problem()).toBe(problem);
});
