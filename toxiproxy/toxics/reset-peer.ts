// Swallows the first chunk, and `timeout` ms later resets both sides (RST).
import { defineToxic, drop, reset, wait } from './toxic.ts';

export const resetPeer = defineToxic({
  type: 'reset_peer',
  defaults: { timeout: 0 },
  start: ({ timeout }) => {
    const resetLate = function* () {
      yield wait(timeout);
      yield reset;
    };
    return {
      *chunk() {
        yield drop;
        yield* resetLate();
      },
      end: resetLate,
      // An update cuts the wait short: the chunk is gone already, so the reset is still due.
      *idle({ droppedBytes }) {
        if (droppedBytes > 0) yield* resetLate();
      },
      leave: ({ droppedBytes }) => (droppedBytes > 0 ? 'reset' : undefined),
    };
  },
});
