import { expect, test } from 'vitest';
import { aToxic, LinkBench } from '../testing/link-bench.ts';

const resetPeer = (timeout: number, toxicity = 1) => aToxic({ type: 'reset_peer', attributes: { timeout }, toxicity });

test('swallows the first chunk and resets after the timeout', () => {
  const bench = new LinkBench({ toxics: [resetPeer(50)] });
  bench.clock.advance(1000);
  bench.send('lost');
  bench.clock.advance(20);
  bench.send('lost as well');
  bench.clock.advance(30);
  expect(bench.log).toEqual([[1050, 'reset']]);
});

test('resets at the end of the stream too', () => {
  const bench = new LinkBench({ toxics: [resetPeer(0)] });
  bench.link.end('half');
  expect(bench.log).toEqual([[0, 'reset']]);
});

test('an update during the wait restarts it', () => {
  const bench = new LinkBench({ toxics: [resetPeer(1000)] });
  bench.send('lost');
  bench.clock.advance(100);
  bench.link.update(resetPeer(10));
  bench.clock.advance(10);
  expect(bench.log).toEqual([[110, 'reset']]);
});

test('its removal during the wait resets at once, since data is missing', () => {
  const bench = new LinkBench({ toxics: [resetPeer(1000)] });
  bench.send('lost');
  bench.link.remove('reset_peer');
  expect(bench.log).toEqual([[0, 'reset']]);
});

test('its removal leaves an untouched connection whole', () => {
  const bench = new LinkBench({ toxics: [resetPeer(0)] });
  bench.link.remove('reset_peer');
  bench.send('fine');
  expect(bench.output).toBe('fine');
});
