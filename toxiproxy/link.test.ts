import fc from 'fast-check';
import { expect, test } from 'vitest';
import { largestChunkBytes } from './chunk.ts';
import { aToxic, LinkBench } from './testing/link-bench.ts';

test('without toxics bytes go straight through', () => {
  const bench = new LinkBench();
  bench.send('hello');
  bench.link.end('half');
  expect(bench.log).toEqual([
    [0, '5'],
    [0, 'half'],
  ]);
});

test('pauses the source while the sink is full, and resumes it', () => {
  const bench = new LinkBench();
  bench.hasRoom = false;
  bench.send('x');
  expect(bench.isSourcePaused).toBe(true);
  bench.drain();
  expect(bench.isSourcePaused).toBe(false);
});

test('pauses the source when a chain of busy toxics is full', () => {
  const bench = new LinkBench({ toxics: ['a', 'b'].map((name) => aToxic({ type: 'noop', name })) });
  bench.hasRoom = false;
  let sent = 0;
  while (!bench.isSourcePaused && sent < 100) {
    bench.send('x');
    sent += 1;
  }
  expect(sent).toBeLessThan(6);
  bench.drain();
  expect(bench.output).toHaveLength(sent);
  expect(bench.isSourcePaused).toBe(false);
});

test('toxics see chunks of at most 32 KB', () => {
  const bench = new LinkBench({ toxics: [aToxic({ type: 'noop' })] });
  bench.sendBytes(largestChunkBytes * 2 + 1);
  expect(bench.log.map(([, size]) => size)).toEqual(['32768', '32768', '1']);
});

test('a toxic added later works behind those that are there', () => {
  const bench = new LinkBench({ toxics: [aToxic({ type: 'latency', attributes: { latency: 100 } })] });
  bench.send('abcdef');
  bench.link.add(aToxic({ type: 'limit_data', attributes: { bytes: 4 } }));
  bench.clock.runOut();
  expect(bench.output).toBe('abcd');
});

test('a toxic added after the end has passed does nothing', () => {
  const bench = new LinkBench();
  bench.link.end('half');
  bench.link.add(aToxic({ type: 'timeout', attributes: { timeout: 10 } }));
  bench.clock.runOut();
  expect(bench.log).toEqual([[0, 'half']]);
});

test('a connection keeps its draw whatever happens around it', () => {
  const draws = [0.3, 0.9];
  const half = aToxic({ type: 'latency', attributes: { latency: 100 }, toxicity: 0.5 });
  const bench = new LinkBench({ toxics: [half], random: () => draws.shift() ?? 0 });
  bench.link.add(aToxic({ type: 'noop' }));
  bench.link.update(half);
  bench.link.remove('noop');
  bench.send('x');
  bench.clock.runOut();
  expect(bench.log).toEqual([[100, '1']]);
});

test('a removal with a full sink neither waits nor loses anything', () => {
  const bench = new LinkBench({ toxics: [aToxic({ type: 'latency', attributes: { latency: 60_000 } })] });
  bench.hasRoom = false;
  for (let sent = 0; sent < 50; sent += 1) bench.send(String.fromCharCode(65 + sent));
  bench.link.remove('latency');
  expect(bench.output).toHaveLength(50);
  expect(bench.isSourcePaused).toBe(true);
});

test('stop leaves no timer behind and lets the source run dry', () => {
  const bench = new LinkBench({ toxics: [aToxic({ type: 'bandwidth', attributes: { rate: 1 } })] });
  bench.sendBytes(100_000);
  expect(bench.isSourcePaused).toBe(true);
  bench.link.stop();
  expect(bench.clock.pendingTimers).toBe(0);
  expect(bench.isSourcePaused).toBe(false);
});

// --- the property: what enters leaves, once and in order, whatever is added, changed and removed meanwhile ---

const harmlessToxic = fc.oneof(
  fc.record({ latency: fc.nat(50), jitter: fc.nat(60) }).map((attributes) => ({ type: 'latency', attributes })),
  fc.record({ rate: fc.nat(200) }).map((attributes) => ({ type: 'bandwidth', attributes })),
  fc.record({ delay: fc.nat(100) }).map((attributes) => ({ type: 'slow_close', attributes })),
  fc
    .record({ average_size: fc.integer({ min: 1, max: 50 }), percent: fc.nat(100), delay: fc.nat(3000) })
    .map(({ average_size, percent, delay }) => ({
      type: 'slicer',
      attributes: { average_size, size_variation: Math.floor((average_size * percent) / 100), delay },
    })),
  fc.constant({ type: 'limit_data', attributes: { bytes: 1e9 } }),
  fc.constant({ type: 'noop', attributes: {} }),
);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('send' as const), bytes: fc.integer({ min: 1, max: 300 }) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('advance' as const), ms: fc.nat(40) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('add' as const), toxic: harmlessToxic }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('update' as const), which: fc.nat(), toxicity: fc.float() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('remove' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fill' as const) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drain' as const) }) },
);

test('loses and reorders no byte through live changes of toxics that drop nothing', () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 60 }),
      fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
      (steps, draws) => {
        const bench = new LinkBench({ random: () => draws.next().value ?? 0 });
        const live: ReturnType<typeof aToxic>[] = [];
        let sent = '';
        let added = 0;
        for (const step of steps) {
          const toxic = 'which' in step ? live[step.which % Math.max(1, live.length)] : undefined;
          switch (step.kind) {
            case 'send': {
              const text = Array.from({ length: step.bytes }, (_, index) =>
                String.fromCharCode((sent.length + index) % 251),
              ).join('');
              sent += text;
              bench.send(text);
              break;
            }
            case 'advance':
              bench.clock.advance(step.ms);
              break;
            case 'add': {
              const fresh = aToxic({ ...step.toxic, name: `toxic ${added}` });
              added += 1;
              live.push(fresh);
              bench.link.add(fresh);
              break;
            }
            case 'update':
              if (toxic !== undefined) bench.link.update({ ...toxic, toxicity: step.toxicity });
              break;
            case 'remove':
              if (toxic === undefined) break;
              live.splice(live.indexOf(toxic), 1);
              bench.link.remove(toxic.name);
              break;
            case 'fill':
              bench.hasRoom = false;
              break;
            case 'drain':
              bench.drain();
              break;
            default:
              step satisfies never;
          }
          expect(sent.startsWith(bench.output)).toBe(true);
        }
        bench.link.end('half');
        bench.drain();
        for (const { name } of live) bench.link.remove(name);
        expect(bench.output).toBe(sent);
        expect(bench.log.at(-1)?.[1]).toBe('half');
        expect(bench.isSourcePaused).toBe(false);
        expect(bench.clock.pendingTimers).toBe(0);
      },
    ),
    { numRuns: 500 },
  );
});
