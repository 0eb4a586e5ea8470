// Cuts data into pieces of about `average_size` ± `size_variation` bytes, with a pause of `delay` microseconds after each.
import { defineToxic, pass, wait } from './toxic.ts';

interface Cut {
  readonly average: number;
  readonly variation: number;
  readonly random: () => number;
}

export const slicer = defineToxic({
  type: 'slicer',
  defaults: { average_size: 0, size_variation: 0, delay: 0 },
  problem({ average_size: average, size_variation: variation }) {
    if (average < 1) return `slicer: average_size must be at least 1 byte, got ${average}`;
    if (variation > average) {
      return `slicer: size_variation must not exceed average_size, got ${variation} and ${average}`;
    }
    return undefined;
  },
  start: ({ average_size: average, size_variation: variation, delay }, { random }) => ({
    *chunk({ bytes }) {
      for (const piece of pieces(bytes.length, { average, variation, random })) {
        yield pass(piece);
        yield wait(delay / 1000);
      }
    },
  }),
});

function* pieces(size: number, cut: Cut): Generator<number> {
  const { average, variation, random } = cut;
  if (size <= 1 || size - average <= variation) {
    yield size;
    return;
  }
  const shift = variation > 0 ? Math.floor(random() * 2 * variation) - variation : 0;
  // Neither half may be empty, or a variation as large as the average could cut for ever.
  const middle = Math.min(size - 1, Math.max(1, Math.floor(size / 2) + shift));
  yield* pieces(middle, cut);
  yield* pieces(size - middle, cut);
}
