import { expect, it } from 'vitest';
import { matchesPath } from './breaker-history.ts';

const o = ['closed', 'open', 'halfOpen', 'open', 'halfOpen', 'closed'] as const;

it.each([
  [['closed', 'open', 'halfOpen', '...', 'closed'], o, true],
  [['closed', 'open', 'halfOpen', '...', 'closed'], ['closed', 'open', 'halfOpen', 'closed'], true],
  [['closed', 'open', 'halfOpen', '...', 'closed'], ['closed', 'open', 'halfOpen'], false],
  [['closed', 'open', 'halfOpen', 'closed'], o, false],
  [['closed'], ['closed'], true],
  [['closed'], ['closed', 'open'], false],
  [['...'], o, true],
  [['...', 'open'], o, false],
  [['...', 'open', '...'], o, true],
  [['...', 'open', '...'], ['closed'], false],
  [['closed', '...'], ['closed'], true],
  [['open', '...'], ['closed', 'open'], false],
] as const)('path %j against %j: %s', (pattern, path, fits) => {
  expect(matchesPath(pattern, path)).toBe(fits);
});
