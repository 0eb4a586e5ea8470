// The dashboard's screen against the run's journal: how long after it happened each transition, phase and fault was told. Pure.
import { logEntry } from '../../cli/dashboard/fold/log-entry.ts';
import { clock } from '../../cli/dashboard/screen/figures.ts';
import { closeTogether } from '../../cli/dashboard/screen/log.ts';
import type { RunEvent } from '../../services/contract/events.ts';
import { createCells } from './cells.ts';
import type { Drawn } from './screen.ts';

export interface ScreenSize {
  readonly columns: number;
  readonly rows: number;
}

export interface Told {
  readonly type: RunEvent['type'];
  /** null: it never stood on the screen. */
  readonly afterMs: number | null;
}

/** Of the words of a line in the log: its panel cuts them not before here. */
const surelyShown = 29;

/** `since`: what was there before the dashboard came is no measurement, ms of the run. */
export function toldAfter(
  drawn: readonly Drawn[],
  events: readonly RunEvent[],
  { columns, rows, since }: ScreenSize & { readonly since: number },
): readonly Told[] {
  const start = events.find((event) => event.type === 'run.started');
  if (start === undefined) throw new Error('the journal has no start of the run');
  const looked = events.flatMap((event) => {
    const entry = event.at < since ? null : logEntry(event);
    return entry === null
      ? []
      : [{ event, words: `${clock(entry.at)} ${closeTogether(entry.text).slice(0, surelyShown)}` }];
  });
  const seenAt = new Map<string, number>();
  let waiting = [...new Set(looked.map(({ words }) => words))];
  const cells = createCells(columns, rows);
  for (const { at, text } of drawn) {
    cells.write(text);
    const screen = cells.lines().join('\n');
    const now = waiting.filter((words) => screen.includes(words));
    for (const words of now) seenAt.set(words, at);
    if (now.length > 0) waiting = waiting.filter((words) => !seenAt.has(words));
  }
  return looked.map(({ event, words }) => {
    const at = seenAt.get(words);
    return { type: event.type, afterMs: at === undefined ? null : at - (start.monotonicStart + event.at) };
  });
}
