// The tables of a run: what was expected, phases, faults, breakers, evidence. A part that has nothing to tell says so in a line.
import { moment, ms } from '../../verdict/figures.ts';
import type { Judgement } from '../../verdict/judgement.ts';
import type { RunResult } from '../../verdict/run-result.ts';
import { causeText, doseText, evidenceOf, expectationsOf, outcomesText, spanText } from '../parts.ts';
import { html, type Markup } from './markup.ts';
import { reasonOf, standing } from './standing.ts';
import { columns, figures, none, section, table } from './table.ts';
import { term } from './term.ts';

export function expectations(result: RunResult): Markup {
  const lines = expectationsOf(result);
  const body =
    lines.length === 0 ? none('nothing was judged') : judgements('What was expected, and what was observed', lines);
  return section('Expectations', body);
}

export const evidence = (result: RunResult): Markup => {
  const lines = evidenceOf(result);
  return section(
    'Evidence',
    lines.length === 0 ? none('not judged') : judgements('Whether the record suffices to judge', lines),
  );
};

/** Their events do not exist yet. */
export const invariants = (): Markup => section('Invariants', none('not recorded'));

export function phases({ phases: all }: RunResult): Markup {
  const rows = all.map((phase) => {
    const { name, judged, from, to, planned, counts, lost, shortCircuited, duration } = phase;
    const share = planned === 0 ? '–' : `${((100 * counts.success) / planned).toFixed(1)} %`;
    return [
      judged ? name : html`${name} <span class="aside">not judged</span>`,
      spanText(phase),
      planned,
      to > from ? `${((planned * 1_000) / (to - from)).toFixed(1)}/s` : '–',
      html`<span title="${outcomesText(phase)}">${share}</span>`,
      ...[duration.p50, duration.p95, duration.p99].map((value) => (duration.n === 0 ? '–' : ms(value))),
      lost,
      shortCircuited,
    ];
  });
  if (rows.length === 0) return section('Phases', none('no phase began'));
  const titles = [
    ...columns('Phase', 'When'),
    ...figures('Planned', 'Rate', 'Success', 'p50', 'p95', 'p99'),
    { title: term('lost'), isFigure: true },
    { title: term('shortCircuited'), isFigure: true },
  ];
  return section('Phases', table({ caption: 'What became of the arrivals of each phase', columns: titles, rows }));
}

export function faults({ faults: all }: RunResult): Markup {
  if (all.length === 0) return section('Faults', none('nothing was broken'));
  const rows = all.map((fault) => [
    fault.fault,
    fault.target,
    fault.dose,
    spanText(fault),
    html`${standing(fault.standing)}`,
    html`<meter min="0" max="${Math.max(1, fault.attempts)}" value="${fault.hit}" aria-label="${fault.fault}: attempts that showed it">${fault.hit} of ${fault.attempts}</meter> ${doseText(fault)}<div class="aside">wanted: ${fault.intended}</div>`,
  ]);
  const titles = columns('Fault', 'On', 'Dose', 'When', 'In effect', 'Seen of it');
  return section(
    'Faults',
    table({ caption: 'What was broken, and the dose that callers and callees saw', columns: titles, rows }),
  );
}

export function transitions({ transitions: all }: RunResult): Markup {
  if (all.length === 0) return section('Breaker transitions', none('no breaker moved'));
  const rows = all.map((transition) => [
    moment(transition.at),
    transition.link,
    `${transition.from} → ${transition.to}`,
    causeText(transition),
  ]);
  return section(
    'Breaker transitions',
    table({
      caption: 'Every transition of every breaker',
      columns: columns('At', 'Link', 'Transition', 'Cause'),
      rows,
    }),
  );
}

// --- internal ---

const judgements = (caption: string, lines: readonly Judgement[]): Markup =>
  table({
    caption,
    head: 1,
    columns: [...columns('', 'What', 'Expected', 'Observed'), ...figures('Margin')],
    rows: lines.map((line, index) => [
      standing(line.standing),
      line.title,
      line.expected,
      // What casts doubt on everything is said once, not in every line.
      html`${line.observed}${reasonOf(line, lines[index - 1]?.reason)}`,
      line.margin ?? '',
    ]),
  });
