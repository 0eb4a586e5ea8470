// One service: the process behind it and the end of its log.
import type { ServiceName } from '../../../services/fleet.ts';
import type { ServiceDetail } from '../ports.ts';
import { age } from './figures.ts';
import { framed, type Size } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, line, span } from './text.ts';

/** What is known of it: asked for, told, or why not. */
export type ServiceState =
  | { readonly is: 'asked' }
  | { readonly is: 'told'; readonly detail: ServiceDetail }
  | { readonly is: 'unknown'; readonly why: string };

const headHeight = 4;

export function serviceDetail(
  service: ServiceName,
  state: ServiceState,
  { width, height, glyphs }: Size & { readonly glyphs: Glyphs },
): readonly Line[] {
  const room = Math.max(0, height - headHeight);
  const log = state.is === 'told' ? state.detail.log : [];
  return [
    ...framed(headLines(state), { title: service, width, height: headHeight, glyphs }),
    ...framed(
      log.length === 0 ? [line('nothing', 'dim')] : log.slice(-Math.max(0, room - 2)).map((text) => line(text)),
      {
        ...{ title: 'LOG', width, height: room, glyphs },
      },
    ),
  ];
}

// --- internal ---

function headLines(state: ServiceState): readonly Line[] {
  if (state.is === 'asked') return [line('asking', 'dim')];
  if (state.is === 'unknown') return [line(state.why, 'warn')];
  const { pid, memoryMb, cpuPercent, upForMs } = state.detail;
  if (pid === null) return [line('does not run', 'bad')];
  const figure = (name: string, value: number | null, unit: string): string =>
    `${name} ${value === null ? '–' : `${Math.round(value)}${unit}`}`;
  return [
    [span('runs', 'ok'), span(` as process ${pid}${upForMs === null ? '' : `, up for ${age(upForMs)}`}`)],
    line(`${figure('memory', memoryMb, ' MB')}   ${figure('processor', cpuPercent, '%')}`),
  ];
}
