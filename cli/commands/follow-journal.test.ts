import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../services/contract/events.ts';
import { eventLines } from './event-lines.ts';
import { followJournal } from './follow-journal.ts';

const anEvent = (seq: number, type: 'phase' | 'arrival' | 'run.ended' = 'phase') => ({
  ...{ v: 1, at: seq * 1.5, src: 'runner', seq, type },
  ...{ name: 'größe', edge: 'start', judged: true, reason: 'completed' },
});
const line = (seq: number, type?: Parameters<typeof anEvent>[1]): string => `${JSON.stringify(anEvent(seq, type))}\n`;
const seqs = (events: readonly RunEvent[]): readonly number[] => events.map(({ seq }) => seq);

describe('lines of a journal', () => {
  it('come out whole, wherever the bytes were cut', () => {
    const bytes = Buffer.from([1, 2, 3, 4, 5].map((seq) => line(seq)).join(''));
    fc.assert(
      fc.property(fc.array(fc.nat(bytes.length), { maxLength: 8 }), (cuts) => {
        const lines = eventLines({ types: [], after: 0 });
        const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        // One buffer for all, as a reader has it.
        const shared = Buffer.alloc(bytes.length);
        const events = edges.slice(1).flatMap((to, index) => {
          const from = edges[index] ?? 0;
          bytes.copy(shared, 0, from, to);
          return lines.push(shared.subarray(0, to - from));
        });
        expect(events).toEqual([1, 2, 3, 4, 5].map((seq) => anEvent(seq)));
      }),
    );
  });

  it('leave out what is damaged, and what nobody needs', () => {
    const text = `${line(1)}{"v":1,"at\n[1]\nnull\n{"type":"phase"}\n\n${line(2, 'arrival')}${line(3)}`;
    expect(seqs(eventLines({ types: ['arrival'], after: 0 }).push(Buffer.from(text)))).toEqual([1, 3]);
  });
});

it('everything comes as long as it can be judged', () => {
  const lines = eventLines({ types: ['arrival'], after: 2 });
  const text = line(1, 'arrival') + line(2, 'arrival') + line(3, 'arrival') + line(4);
  expect(seqs(lines.push(Buffer.from(text)))).toEqual([1, 2, 4]);
});

interface Fixture extends Disposable {
  readonly path: string;
  readonly finish: (reason: string | null) => void;
  readonly ended: Promise<string | null>;
  readonly seen: number[];
  /** Resolves once this one has been seen. */
  until(seq: number): Promise<void>;
  start(): void;
}

function aJournal(): Fixture {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-follow-'));
  const path = join(folder, 'r1', 'journal.ndjson');
  const written = Promise.withResolvers<string | null>();
  const feed = followJournal({ path, written: written.promise });
  const seen: number[] = [];
  const waiting = new Map<number, () => void>();
  let leave = (): void => {};
  return {
    path,
    seen,
    finish: written.resolve,
    ended: feed.ended,
    until: (seq) => (seen.includes(seq) ? Promise.resolve() : new Promise((resolve) => waiting.set(seq, resolve))),
    start: () => {
      leave = feed.subscribe((events) => {
        seen.push(...seqs(events));
        for (const seq of seqs(events)) waiting.get(seq)?.();
      });
    },
    [Symbol.dispose]: () => {
      leave();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe('a journal that is followed', () => {
  it('is waited for, then read as it grows, half lines included', async () => {
    using journal = aJournal();
    journal.start();
    mkdirSync(dirname(journal.path));
    writeFileSync(journal.path, line(1) + line(2, 'arrival') + line(3).slice(0, 40));
    await journal.until(1);
    appendFileSync(journal.path, line(3).slice(40) + line(4, 'run.ended'));
    expect(await journal.ended).toBeNull();
    expect(journal.seen).toEqual([1, 2, 3, 4]);
  });

  it('comes at once as far as it is there', () => {
    using journal = aJournal();
    mkdirSync(dirname(journal.path));
    writeFileSync(journal.path, line(1) + line(2));
    journal.start();
    expect(journal.seen).toEqual([1, 2]);
  });

  it('comes whole, however long it is', async () => {
    using journal = aJournal();
    mkdirSync(dirname(journal.path));
    const count = 20_000;
    writeFileSync(journal.path, Array.from({ length: count }, (_, index) => line(index + 1)).join(''));
    journal.start();
    await journal.until(count);
    expect(journal.seen).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  });

  it('ends with its writer, after its last line', async () => {
    using journal = aJournal();
    mkdirSync(dirname(journal.path));
    writeFileSync(journal.path, line(1));
    journal.start();
    appendFileSync(journal.path, line(2));
    journal.finish('the runner was killed');
    expect(await journal.ended).toBe('the runner was killed');
    expect(journal.seen).toEqual([1, 2]);
  });

  it('that cannot be read says so', async () => {
    using journal = aJournal();
    mkdirSync(journal.path, { recursive: true });
    journal.start();
    expect(await journal.ended).toMatch(/^the journal cannot be read: EISDIR/);
  });
});
