// Passes data at once and the end of the stream `delay` ms late.
import { defineToxic, wait } from './toxic.ts';

export const slowClose = defineToxic({
  type: 'slow_close',
  defaults: { delay: 0 },
  start: ({ delay }) => ({
    *end() {
      yield wait(delay);
    },
  }),
});
