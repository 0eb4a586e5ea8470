import { expect, test } from 'vitest';
import { aToxic, LinkBench } from '../testing/link-bench.ts';

const slowClose = (delay: number) => aToxic({ type: 'slow_close', attributes: { delay } });

test('passes data at once and the end late', () => {
  const bench = new LinkBench({ toxics: [slowClose(400)] });
  bench.send('abc');
  bench.link.end('half');
  bench.clock.runOut();
  expect(bench.log).toEqual([
    [0, '3'],
    [400, 'half'],
  ]);
});

test('an update restarts the wait', () => {
  const bench = new LinkBench({ toxics: [slowClose(400)] });
  bench.link.end('half');
  bench.clock.advance(300);
  bench.link.update(slowClose(200));
  bench.clock.runOut();
  expect(bench.log).toEqual([[500, 'half']]);
});

test('a removal ends the wait', () => {
  const bench = new LinkBench({ toxics: [slowClose(400)] });
  bench.link.end('full');
  bench.link.remove('slow_close');
  expect(bench.log).toEqual([[0, 'full']]);
});

test('a source that dies during the wait is passed on as gone', () => {
  const bench = new LinkBench({ toxics: [slowClose(400)] });
  bench.link.end('half');
  bench.clock.advance(100);
  bench.link.end('full');
  bench.clock.runOut();
  expect(bench.log).toEqual([[400, 'full']]);
});
