import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { batchedLines } from './batched-lines.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('writes what is urgent at once, behind what waits, and the rest within 40 ms', () => {
  const written: string[] = [];
  const lines = batchedLines((text) => written.push(text));
  lines.append('a', false);
  lines.append('b', false);
  expect(written).toEqual([]);
  lines.append('C', true);
  lines.append('d', false);
  vi.advanceTimersByTime(39);
  lines.append('e', false);
  expect(written).toEqual(['abC']);
  vi.advanceTimersByTime(1);
  expect(written).toEqual(['abC', 'de']);
  vi.advanceTimersByTime(1_000);
  lines.append('f', false);
  lines.flush();
  vi.advanceTimersByTime(1_000);
  expect(written).toEqual(['abC', 'de', 'f']);
});

it('lets no more wait than 64 KB', () => {
  const written: string[] = [];
  const lines = batchedLines((text) => written.push(text));
  for (let line = 0; line < 100; line += 1) lines.append('x'.repeat(1_000), false);
  expect(written.join('').length).toBeGreaterThanOrEqual(65_536);
});
