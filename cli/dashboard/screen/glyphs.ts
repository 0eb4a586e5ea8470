// What the screen is drawn with: one cell each, in Unicode or in ASCII alone. No glyph of double or disputed width.
import type { BreakerState } from '../../../services/contract/events.ts';
import type { LiveStanding } from '../standing-line.ts';

export interface Glyphs {
  readonly isAscii: boolean;
  readonly states: Readonly<Record<BreakerState, string>>;
  readonly noBreaker: string;
  readonly standings: Readonly<Record<LiveStanding, string>>;
  readonly lanes: Readonly<Record<BreakerState, string>>;
  readonly fault: string;
  readonly planned: string;
  readonly edge: string;
  readonly now: string;
  readonly arrow: string;
  readonly chosen: string;
  readonly play: string;
  readonly more: string;
  /** Of a chart, from the lowest to the highest. */
  readonly levels: readonly string[];
  readonly frame: {
    readonly corners: readonly [string, string, string, string];
    readonly across: string;
    readonly down: string;
  };
}

export const unicode: Glyphs = {
  isAscii: false,
  states: { closed: '●', open: '✖', halfOpen: '◐' },
  noBreaker: '·',
  standings: { passed: '✔', failed: '✘', inconclusive: '?', failing: '!', open: '○' },
  lanes: { closed: '─', open: '█', halfOpen: '▒' },
  fault: '▓',
  planned: '░',
  edge: '│',
  now: '▲',
  arrow: '→',
  chosen: '›',
  play: '▶',
  more: '…',
  levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
  frame: { corners: ['╭', '╮', '╰', '╯'], across: '─', down: '│' },
};

export const ascii: Glyphs = {
  isAscii: true,
  states: { closed: 'o', open: 'x', halfOpen: '~' },
  noBreaker: '.',
  standings: { passed: '+', failed: 'x', inconclusive: '?', failing: '!', open: 'o' },
  lanes: { closed: '-', open: 'X', halfOpen: '~' },
  fault: '#',
  planned: ':',
  edge: '|',
  now: '^',
  arrow: '>',
  chosen: '>',
  play: '>',
  more: '~',
  levels: ['_', '.', ',', '-', '=', '+', '*', '#'],
  frame: { corners: ['+', '+', '+', '+'], across: '-', down: '|' },
};
