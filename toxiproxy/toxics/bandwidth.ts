// At most `rate` KB/s (KB = 1000 bytes) on each connection, in pieces of at most 100 ms worth. Rate 0 holds everything.
import { defineToxic, pass, wait } from './toxic.ts';

const longestPieceMs = 100;

export const bandwidth = defineToxic({
  type: 'bandwidth',
  defaults: { rate: 0 },
  problem: ({ rate }) => (rate < 0 ? `bandwidth: rate must not be negative, got ${rate}` : undefined),
  start: ({ rate: bytesPerMs }, { now }) => {
    // The time owed for bytes in work. A wait that overshoots leaves less to wait for next time, so the rate holds.
    let debtMs = 0;
    const payOff = function* (ms: number) {
      const startedAt = now();
      yield wait(ms);
      debtMs -= now() - startedAt;
    };
    return {
      *chunk({ bytes }) {
        if (bytesPerMs === 0) yield wait(Number.POSITIVE_INFINITY);
        const pieceBytes = bytesPerMs * longestPieceMs;
        debtMs += bytes.length / bytesPerMs;
        for (let left = bytes.length; left > pieceBytes; left -= pieceBytes) {
          yield* payOff(longestPieceMs);
          yield pass(pieceBytes);
        }
        yield* payOff(debtMs);
      },
    };
  },
});
