// Hands each chunk on `latency` ± `jitter` ms after it was read. Counting from the read keeps the throughput whole.
import { defineToxic, wait } from './toxic.ts';

export const latency = defineToxic({
  type: 'latency',
  /** ms */
  defaults: { latency: 0, jitter: 0 },
  queuedChunks: 1024,
  start: ({ latency, jitter }, { now, random }) => {
    const drawDelay = (): number => latency + (jitter > 0 ? Math.floor(random() * 2 * jitter) - jitter : 0);
    return {
      *chunk({ bytes, readAt }) {
        const dueAt = readAt + Math.max(0, drawDelay());
        yield wait(dueAt - now());
        yield { kind: 'pass', bytes: bytes.length, readAt: dueAt };
      },
    };
  },
});
