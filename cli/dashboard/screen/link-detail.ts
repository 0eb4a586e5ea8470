// One link: its policy, what its breaker did and why, and the last calls over it.

import { concerns } from '../../scenario/concerns.ts';
import { formatDuration } from '../../scenario/duration.ts';
import type { CallView, LinkView, Tone, View } from '../view.ts';
import { callSeries, chartLines } from './charts.ts';
import { clock, shortMs } from './figures.ts';
import { beside, framed, innerWidth, type Size } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { type Line, left, line, right, span } from './text.ts';
import { nameOf, stateText, toneOf } from './topology.ts';

export interface DetailOptions extends Size {
  /** Calls back from the newest. */
  readonly scroll: number;
  readonly glyphs: Glyphs;
}

const headHeight = 6;
const chartHeight = 6;

export function linkDetail(
  view: View,
  link: LinkView,
  { width, height, scroll, glyphs }: DetailOptions,
): readonly Line[] {
  const wide = width >= 100;
  const calls = wide ? Math.floor(width * 0.58) : width;
  const title = nameOf(link, glyphs);
  const head = framed(headLines(view, link, glyphs), { title, width, height: headHeight, glyphs });
  const chart = framed(
    chartLines(link.seconds, {
      ...{ width, height: chartHeight, series: callSeries, always: ['success', 'failure'], glyphs },
      whole: link.last?.second ?? link.seconds.at(-1)?.second ?? 0,
    }),
    { title: 'CALLS BY OUTCOME', heads: ' a second | p99, log ', width, height: chartHeight, glyphs },
  );
  const room = Math.max(0, height - headHeight - chartHeight);
  const callsOf = (size: Size): readonly Line[] =>
    framed(callLines(link, { ...size, scroll, glyphs }), { title: 'LAST CALLS', ...size, glyphs });
  const movesOf = (size: Size): readonly Line[] =>
    framed(moveLines(link, size), { title: 'TRANSITIONS', ...size, glyphs });
  const upper = Math.floor(room / 3);
  const lower = wide
    ? beside(callsOf({ width: calls, height: room }), movesOf({ width: width - calls, height: room }))
    : [...movesOf({ width, height: upper }), ...callsOf({ width, height: room - upper })];
  return [...head, ...chart, ...lower];
}

// --- internal ---

function headLines({ faults, now }: View, link: LinkView, glyphs: Glyphs): readonly Line[] {
  const { policy, breaker, id } = link;
  const on = faults.filter(({ target, state }) => state === 'on' && concerns(target, id));
  const state: Line =
    breaker === null
      ? line('no breaker: every call is admitted', 'dim')
      : [
          span(`${glyphs.states[breaker.state]} ${stateText(breaker, link, now)}`, toneOf(breaker)),
          span(breaker.cause === null ? '' : `   ${breaker.cause}`),
          span(`   opened ${breaker.opens} times`, 'dim'),
        ];
  return [
    state,
    [span('policy  ', 'dim'), span(policyText(policy))],
    [
      span('faults  ', 'dim'),
      on.length === 0 ? span('none', 'dim') : span(on.map(({ dose, fault }) => `${dose} (${fault})`).join(', '), 'bad'),
    ],
    [
      span('service ', 'dim'),
      span(`s: what ${link.callee === 'db' ? link.caller : link.callee} runs as, and its log`, 'dim'),
    ],
  ];
}

function policyText({ timeoutMs, breaker }: LinkView['policy']): string {
  const timeout = `timeout ${formatDuration(timeoutMs)}`;
  if (breaker === null) return timeout;
  const wait = `then open for ${formatDuration(breaker.openForMs)}, one probe`;
  return breaker.rule === 'consecutive'
    ? `${timeout}, opens at ${breaker.failureThreshold} failures in a row, ${wait}`
    : `${timeout}, opens at ${breaker.percent}% of at least ${breaker.minimum} calls in ${formatDuration(breaker.windowMs)}, ${wait}`;
}

const callTones: Readonly<Record<CallView['outcome'], Tone>> = {
  success: 'ok',
  failure: 'bad',
  rejected: 'warn',
  cancelled: 'dim',
};

const tailCells = 10;

function tailOf({ failure, status, state, outcome }: CallView): string {
  const told = failure === null || failure === 'status' ? (status ?? '') : failure;
  return `${told} ${state === 'halfOpen' && outcome !== 'rejected' ? 'probe' : ''}`.trim();
}

function callLines({ calls }: LinkView, { width, height, scroll, glyphs }: DetailOptions): readonly Line[] {
  if (calls.length === 0) return [line('none yet', 'dim')];
  const operationCells = Math.max(8, innerWidth(width) - 9 - 8 - 11 - tailCells);
  const room = Math.max(0, height - 2);
  const end = Math.max(Math.min(room, calls.length), calls.length - scroll);
  return calls
    .slice(Math.max(0, end - room), end)
    .toReversed()
    .map(
      (call): Line => [
        span(`${clock(call.at).padStart(8)} `, 'dim'),
        span(left(call.operation, operationCells, glyphs)),
        span(right(call.outcome === 'rejected' ? '–' : shortMs(call.ms), 8, glyphs)),
        span(` ${left(call.outcome, 10, glyphs)}`, callTones[call.outcome]),
        span(tailOf(call), 'dim'),
      ],
    );
}

const moveLines = ({ transitions }: LinkView, { height }: Size): readonly Line[] =>
  transitions.length === 0
    ? [line('none: closed throughout', 'dim')]
    : transitions
        .slice(-Math.max(0, height - 2))
        .toReversed()
        .map(
          ({ at, to, cause }): Line => [
            span(`${clock(at).padStart(8)} `, 'dim'),
            span(
              (to === 'halfOpen' ? 'half-open' : to).padEnd(10),
              to === 'closed' ? 'ok' : to === 'open' ? 'bad' : 'warn',
            ),
            span(cause),
          ],
        );
