// What a timeline is drawn with: one column each, also in terminals that know ASCII alone.

export interface Glyphs {
  readonly fault: string;
  readonly warmup: string;
  readonly edge: string;
  readonly line: string;
  readonly tick: string;
  /** A load whose customers wait for their answers: nobody knows its rate. */
  readonly closed: string;
  /** From the lowest rate to the highest. */
  readonly levels: readonly string[];
}

export const blocks: Glyphs = {
  fault: '▓',
  warmup: '░',
  edge: '│',
  line: '─',
  tick: '┴',
  closed: '≈',
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
};

export const ascii: Glyphs = {
  fault: '#',
  warmup: '.',
  edge: '|',
  line: '-',
  tick: '+',
  closed: '~',
  levels: ['_', '.', ',', '-', '=', '+', '*', '%'],
};
