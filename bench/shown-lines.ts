// The runner's screen against its journal: which line tells which transition. Pure.
import type { RunEvent } from '../services/contract/events.ts';

/** A line of the screen; `at`: CLOCK_MONOTONIC ms when it came out of the pipe. */
export interface ShownLine {
  readonly at: number;
  readonly text: string;
}

const transition = /\s(\S+->\S+) {2}(\w+) -> (\w+)/;

/**
 * ms from each transition to its line, in the order of the journal. Lines and events are matched in order per link; throws
 * where they do not tell the same.
 */
export function shownAfter(lines: readonly ShownLine[], events: readonly RunEvent[]): readonly number[] {
  const start = events.find((event) => event.type === 'run.started');
  if (start === undefined) throw new Error('the journal has no start of the run');
  const shown = Map.groupBy(lines.flatMap(transitionIn), ({ link }) => link);
  return events.flatMap((event) => {
    if (event.type !== 'breaker') return [];
    const line = shown.get(event.link)?.shift();
    const told = `${event.from} -> ${event.to}`;
    if (line?.told !== told) throw new Error(`${event.link} ${told} is in the journal, the screen has ${line?.told}`);
    return [line.at - (start.monotonicStart + event.at)];
  });
}

interface ShownTransition {
  readonly link: string;
  readonly told: string;
  readonly at: number;
}

function transitionIn({ at, text }: ShownLine): readonly ShownTransition[] {
  const [, link, from, to] = transition.exec(text) ?? [];
  return link === undefined ? [] : [{ at, link, told: `${from} -> ${to}` }];
}
