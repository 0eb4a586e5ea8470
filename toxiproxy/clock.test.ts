import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

const elapsed = (delayMs: number): Promise<number> => {
  const start = systemClock.now();
  return new Promise((resolve) => systemClock.setTimer(delayMs, () => resolve(systemClock.now() - start)));
};

test.each([0, 0.2, 1, 5.5, 20])('never calls back before %d ms', async (delayMs) => {
  for (let round = 0; round < 5; round += 1) expect(await elapsed(delayMs)).toBeGreaterThanOrEqual(delayMs);
});

test('a wait longer than setTimeout can express does not fire at once', async () => {
  let hasFired = false;
  const cancel = systemClock.setTimer(2 ** 40, () => {
    hasFired = true;
  });
  await elapsed(20);
  cancel();
  expect(hasFired).toBe(false);
});

test('a cancelled timer never calls back', async () => {
  let hasFired = false;
  for (const delayMs of [0.5, 3]) {
    systemClock.setTimer(delayMs, () => {
      hasFired = true;
    })();
  }
  await elapsed(10);
  expect(hasFired).toBe(false);
});
