// Discards all data and closes the connection after `timeout` ms without any; 0 never closes.
import { close, defineToxic, drop, wait } from './toxic.ts';

export const timeout = defineToxic({
  type: 'timeout',
  defaults: { timeout: 0 },
  start: ({ timeout }) => ({
    *chunk() {
      yield drop;
    },
    *idle() {
      if (timeout <= 0) return;
      yield wait(timeout);
      yield close;
    },
    leave: () => 'close',
  }),
});
