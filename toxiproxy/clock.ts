// Time as an argument, so that toxics can be tested in virtual time. Only main.ts and server.ts use the real one.

export interface Clock {
  /** Monotonic, in ms, with fractions. */
  now(): number;
  /** Calls back once, never before `delayMs` have passed; returns what cancels it. */
  setTimer(delayMs: number, callback: () => void): () => void;
}

const longestTimeoutMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => performance.now(),
  setTimer(delayMs, callback) {
    const dueAt = performance.now() + delayMs;
    let cancel: () => void = () => {};
    // setTimeout counts whole ms from the start of the loop's turn: it may fire early, and cannot wait for less than 1 ms.
    // What is left below 1 ms is polled once per turn of the loop, which the microsecond pauses of a slicer need.
    const arm = (): void => {
      const leftMs = dueAt - performance.now();
      if (leftMs >= 1) {
        const timeout = setTimeout(check, Math.min(Math.ceil(leftMs), longestTimeoutMs));
        cancel = () => clearTimeout(timeout);
      } else {
        const immediate = setImmediate(check);
        cancel = () => clearImmediate(immediate);
      }
    };
    const check = (): void => (performance.now() < dueAt ? arm() : callback());
    arm();
    return () => cancel();
  },
};
