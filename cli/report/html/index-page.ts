// The page over many runs: how each scenario has fared, and every run with the way to its report.
import { ms, percent } from '../../verdict/figures.ts';
import { verdictWords } from '../../verdict/judgement.ts';
import { shown } from '../standing.ts';
import { when } from './head.ts';
import { type Content, html, type Markup } from './markup.ts';
import { documentOf, type PageAssets } from './page.ts';
import { sparkline } from './sparkline.ts';
import { columns, figures, none, section, table } from './table.ts';

export interface IndexedRun {
  readonly run: string;
  readonly scenario: string;
  /** ISO 8601. */
  readonly startedAt: string;
  /** A verdict, or why there is none. */
  readonly verdict: string;
  readonly reason: string;
  readonly durationMs: number;
  /** Relative to the page; null: it has no HTML report. */
  readonly href: string | null;
  /** Each null where there was nothing to measure, or no report.json to read it from. */
  readonly figures: RunFigures;
}

export interface RunFigures {
  /** Of all judged arrivals. */
  readonly success: number | null;
  /** Of the judged phase that had the longest. */
  readonly p99Ms: number | null;
  /** Of the link that took longest, like the time to recover. */
  readonly openMs: number | null;
  readonly recoverMs: number | null;
}

/** `runs`: the newest first. */
export function renderIndex(runs: readonly IndexedRun[], { style, page }: Pick<PageAssets, 'style' | 'page'>): string {
  const body = html`<header><div class="titles"><p class="kind">SmartOrders</p><h1>Runs</h1><p class="title">${runs.length} in all, the newest first</p></div>
<button type="button" id="theme" hidden>Theme: system</button></header>
<main>
${section('History', runs.length === 0 ? none('there is no run yet') : history(runs))}
${section('All runs', runs.length === 0 ? none('there is no run yet') : all(runs))}
</main>`;
  return documentOf({ title: 'SmartOrders runs', style, scripts: [page], body });
}

// --- internal ---

/** As many as a line has room for. */
const mostShown = 30;

function history(runs: readonly IndexedRun[]): Markup {
  const byScenario = [...Map.groupBy(runs, ({ scenario }) => scenario)].sort(([a], [b]) => a.localeCompare(b, 'en'));
  const rows = byScenario.map(([scenario, own]) => {
    const line = own.slice(0, mostShown).toReversed();
    const trend = (name: string, of: keyof RunFigures) =>
      sparkline({ name: `${scenario}, ${name}`, values: line.map((run) => run.figures[of]), text: ms });
    return [
      html`<span class="name">${scenario}</span>`,
      own.length,
      html`<span class="strip">${line.map(verdictMark)}</span>`,
      trend('time to open', 'openMs'),
      trend('time to recover', 'recoverMs'),
      trend('p99', 'p99Ms'),
    ];
  });
  const titles = [
    ...columns('Scenario'),
    ...figures('Runs'),
    ...columns('Verdicts, the newest on the right', 'Time to open', 'Time to recover', 'p99, worst phase'),
  ];
  return table({ caption: 'The latest runs of each scenario', columns: titles, rows });
}

const verdictMark = ({ verdict, run, href }: IndexedRun): Markup => {
  const name = `${worded(verdict)}: ${run}`;
  const mark = html`<span class="dot ${kindOf(verdict)}" aria-hidden="true">${worded(verdict).slice(0, 1)}</span><span class="unseen">${name}</span>`;
  return href === null
    ? html`<span title="${name}">${mark}</span>`
    : html`<a href="${href}" title="${name}">${mark}</a>`;
};

function all(runs: readonly IndexedRun[]): Markup {
  const figure = (value: number | null, text: (value: number) => string): string =>
    value === null ? '–' : text(value);
  const rows = runs.map(({ run, scenario, startedAt, verdict, reason, durationMs, href, figures: own }): Content[] => [
    html`<span class="standing ${kindOf(verdict)}">${worded(verdict)}</span>`,
    href === null ? run : html`<a href="${href}">${run}</a>`,
    scenario,
    when(startedAt),
    ms(Math.round(durationMs / 100) * 100),
    figure(own.success, percent),
    figure(own.p99Ms, ms),
    figure(own.openMs, ms),
    figure(own.recoverMs, ms),
    html`<div class="sentence">${reason}</div>`,
  ]);
  const titles = [
    ...columns('Verdict', 'Run', 'Scenario', 'Started'),
    ...figures('Length', 'Success', 'p99', 'To open', 'To recover'),
    ...columns('Reason'),
  ];
  return table({ caption: 'Every run', columns: titles, rows, head: 1 });
}

const worded = (verdict: string): string => {
  const word = verdictWords.find((known) => known === verdict);
  return word === undefined ? `? ${verdict}` : shown(word);
};

const kindOf = (verdict: string): string => verdictWords.find((known) => known === verdict) ?? 'inconclusive';
