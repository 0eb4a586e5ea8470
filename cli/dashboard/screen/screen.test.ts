import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RunEvent } from '../../../services/contract/events.ts';
import { from } from '../../verdict/testing/events.ts';
import { momentAt, momentOf } from '../testing/a-moment.ts';
import { eventsOf } from '../testing/journals.ts';
import { firstUi, panes, type Ui } from '../ui.ts';
import { ascii, unicode } from './glyphs.ts';
import { screenLines } from './screen.ts';
import { textOf } from './text.ts';

/** What nobody wishes to see on a screen: wide, combining, and moving the cursor. */
const strange = '料理 🚀 a\u0301 \u001b[2J \t \r';
const strangeEvents: readonly RunEvent[] = from('runner', [
  ...eventsOf('passed').filter(({ at }) => at < 6_000),
  { type: 'gap', at: 6_000, of: strange, after: 1, next: null, reason: strange },
  { type: 'fault.set', at: 6_001, fault: strange, kind: 'x', target: strange, dose: strange, ttlMs: 1, by: 'hand' },
  { type: 'phase', at: 6_002, name: strange, edge: 'start', judged: true },
]);

const moments = [
  momentAt('passed', 0),
  momentAt('passed', 7_000),
  momentAt('manual', 20_000),
  momentAt('errored', 20_000),
  momentOf(strangeEvents, 6_100),
  momentOf([], 0, { lost: strange }),
];
const uis: readonly Ui[] = [
  ...panes.map((pane) => ({ ...firstUi, pane, scroll: 7 })),
  ...(['link', 'service', 'help'] as const).map((screen) => ({ ...firstUi, screen })),
  { ...firstUi, menu: 8 },
  { ...firstUi, isTyping: true, filter: strange },
  { ...firstUi, message: { text: strange.repeat(9), tone: 'bad' } },
];
const services = [
  { is: 'asked' },
  { is: 'unknown', why: strange },
  {
    is: 'told',
    detail: {
      service: 'order',
      pid: 12,
      memoryMb: 61.2,
      cpuPercent: null,
      upForMs: 90_000,
      log: [strange, 'x'.repeat(300)],
    },
  },
] as const;

it('fills every terminal exactly, whatever there is to show', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 20, max: 220 }),
      fc.integer({ min: 5, max: 70 }),
      fc.constantFrom(...moments),
      fc.constantFrom(...uis),
      fc.constantFrom(...services),
      fc.constantFrom(unicode, ascii),
      (columns, rows, moment, ui, service, glyphs) => {
        const options = { moment, ui, columns, rows, kind: 'live', handsOff: null, service, glyphs } as const;
        const lines = screenLines(options).map(textOf);
        expect(lines.length).toBe(rows);
        expect(lines.filter((line) => [...line].length !== columns)).toEqual([]);
        expect(lines.join('')).toMatch(/^[ -~\u00a1-\u024f\u2010-\u2027\u2190-\u2193\u2264\u2265\u2500-\u25d0✔✖✘›]*$/);
      },
    ),
    { numRuns: 1_500 },
  );
});

it('shows a state that is shorter than a cell, half-open over open over closed', () => {
  const { view, ...rest } = momentAt('passed', 20_000);
  const options = { moment: { view, ...rest }, ui: firstUi, rows: 30, kind: 'live', handsOff: null } as const;
  const narrow = screenLines({ ...options, columns: 60, service: { is: 'asked' }, glyphs: unicode }).map(textOf);
  const lane = narrow.find((line) => /order → payment +─/.test(line)) ?? '';

  expect(lane.match(/▒/g)?.length).toBe(3);
});
