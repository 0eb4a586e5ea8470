// Passes exactly `bytes` bytes of each connection, then closes it.
import { close, defineToxic, drop, pass } from './toxic.ts';

export const limitData = defineToxic({
  type: 'limit_data',
  defaults: { bytes: 0 },
  start: ({ bytes: limit }) => ({
    *chunk({ bytes }, { passedBytes }) {
      const room = Math.max(0, limit - passedBytes);
      if (bytes.length < room) return;
      if (room > 0) yield pass(room);
      yield drop;
      yield close;
    },
  }),
});
