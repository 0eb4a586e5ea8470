// What happened, the newest at the foot.
import type { LogEntry } from '../view.ts';
import { clock } from './figures.ts';
import { innerHeight, type Size } from './frame.ts';
import { type Line, line, span } from './text.ts';

export interface LogOptions extends Size {
  readonly filter: string;
  /** Lines back from the newest. */
  readonly scroll: number;
}

export function logLines(log: readonly LogEntry[], { height, filter, scroll }: LogOptions): readonly Line[] {
  const word = filter.toLowerCase();
  const own = word === '' ? log : log.filter(({ text }) => text.toLowerCase().includes(word));
  if (own.length === 0) return [line(log.length === 0 ? 'nothing yet' : `nothing with "${filter}"`, 'dim')];
  const room = innerHeight(height);
  const end = Math.max(Math.min(room, own.length), own.length - scroll);
  const shown = own.slice(Math.max(0, end - room), end);
  const cells = Math.max(...shown.map(({ at }) => clock(at).length));
  return shown.map(
    ({ at, text, tone }): Line => [span(`${clock(at).padStart(cells)} `, 'dim'), span(closeTogether(text), tone)],
  );
}

/** What is aligned on a wide terminal is not in the log's panel: every cell tells. */
export const closeTogether = (text: string): string => text.replaceAll(/ {2,}/g, ' ');
