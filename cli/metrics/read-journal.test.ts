import fc from 'fast-check';
import { expect, it } from 'vitest';
import { simulate } from '../verdict/testing/simulate.ts';
import { readJournal, readJournalFrom } from './read-journal.ts';

const events = simulate();
const lines = events.map((event) => JSON.stringify(event));
const journal = `${lines.join('\n')}\n`;

it('reads back what was written', () => {
  expect(readJournal(journal)).toEqual({ events, cutOff: false, skipped: 0, damaged: 0, newer: 0 });
});

it('reads the same however the text is cut', () => {
  const some = `${lines.slice(0, 5).join('\n')}\n\n{"v":1\n${lines.at(-1)}`;
  fc.assert(
    fc.property(fc.array(fc.nat(some.length), { maxLength: 8 }), (cuts) => {
      const edges = [0, ...cuts.toSorted((a, b) => a - b), some.length];
      const pieces = edges.slice(1).map((edge, index) => some.slice(edges[index], edge));
      expect(readJournalFrom(pieces)).toEqual(readJournal(some));
    }),
  );
});

it('tolerates a last line that is only half there', () => {
  const { events: read, ...state } = readJournal(journal.slice(0, -20));

  expect([read.length, state]).toEqual([events.length - 1, { cutOff: true, skipped: 0, damaged: 0, newer: 0 }]);
});

it('sees that a run has no end', () => {
  const cut = lines.filter((line) => !line.includes('run.ended')).join('\n');

  expect(readJournal(`${cut}\n`).cutOff).toBe(true);
});

it('skips types that it does not know, and counts lines that it should understand but cannot', () => {
  const future = JSON.stringify({ v: 9, at: 1, src: 'runner', seq: 99, type: 'telepathy' });
  const broken = JSON.stringify({ v: 1, at: 1, src: 'runner', seq: 99, type: 'phase' });
  const { skipped, damaged, cutOff } = readJournal([future, broken, '{"v":1', ...lines, ''].join('\n'));

  expect({ skipped, damaged, cutOff }).toEqual({ skipped: 1, damaged: 2, cutOff: false });
});

it('understands nothing of a newer version of what it knows', () => {
  const newer = lines.map((line) => line.replace('"v":1', '"v":2')).join('\n');

  expect(readJournal(`${newer}\n`)).toEqual({ events: [], cutOff: true, skipped: 0, damaged: 0, newer: lines.length });
});

it('reads nothing from nothing', () => {
  expect(readJournal('')).toEqual({ events: [], cutOff: true, skipped: 0, damaged: 0, newer: 0 });
});
