// The top of the page: the verdict, why, and the few figures that tell most.
import { moment, ms, percent } from '../../verdict/figures.ts';
import type { Judgement } from '../../verdict/judgement.ts';
import type { RunResult } from '../../verdict/run-result.ts';
import { evidenceOf, expectationsOf } from '../parts.ts';
import { shown } from '../standing.ts';
import { html, type Markup, nothing } from './markup.ts';
import { reasonOf, standing } from './standing.ts';

export function head(result: RunResult): Markup {
  const { scenario, verdict, reason, manual, run, startedAt, durationMs, seed } = result;
  return html`<header>
<div class="titles"><p class="kind">SmartOrders run report</p>
<h1>${scenario.name}</h1>
<p class="title">${scenario.title}</p></div>
<button type="button" id="theme" hidden>Theme: system</button>
</header>
<main>
<section class="verdict ${verdict}" aria-labelledby="verdict">
<h2 id="verdict">${shown(verdict)}</h2>
<p class="why">${reason}</p>
${manual ? html`<p class="manual"><strong>Manual</strong>: the system was changed by hand.</p>\n` : nothing}${reasons(result)}
</section>
<dl class="facts key-figures">${facts(keyFigures(result))}</dl>
<dl class="facts">${facts({ run, started: when(startedAt), took: ms(durationMs), seed: String(seed) })}</dl>
`;
}

/** `2026-11-23 08:58:22 UTC`. */
export const when = (iso: string): string =>
  iso === '' ? 'unknown' : iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC');

// --- internal ---

const facts = (values: Readonly<Record<string, string>>): readonly Markup[] =>
  Object.entries(values).map(([title, value]) => html`<div><dt>${title}</dt><dd>${value}</dd></div>\n`);

function keyFigures({ phases, times }: RunResult): Readonly<Record<string, string>> {
  const judged = phases.filter((phase) => phase.judged);
  const total = (of: (phase: RunResult['phases'][number]) => number): number =>
    judged.reduce((sum, phase) => sum + of(phase), 0);
  const planned = total((phase) => phase.planned);
  const most = (key: 'faultToOpenMs' | 'faultEndToClosedMs'): string => {
    const known = Object.values(times).flatMap((figures) => figures[key] ?? []);
    return known.length === 0 ? '–' : ms(Math.max(...known));
  };
  return {
    'arrivals judged': String(planned),
    success: planned === 0 ? '–' : percent(total(({ counts }) => counts.success) / planned),
    lost: String(total(({ lost }) => lost)),
    'short-circuited': String(total(({ shortCircuited }) => shortCircuited)),
    'time to open': most('faultToOpenMs'),
    'time to recover': most('faultEndToClosedMs'),
  };
}

/** What did not hold, each with its own reason; what casts doubt on everything is said once. */
function reasons(result: RunResult): Markup {
  const { verdict, incidents } = result;
  const failed = expectationsOf(result).filter((line) => line.standing === 'failed');
  const short = evidenceOf(result).filter((line) => line.standing !== 'passed');
  const unclear = expectationsOf(result).filter((line) => line.standing === 'inconclusive');
  const isBroken = ['errored', 'interrupted', 'aborted'].includes(verdict);
  // Of a run that broke, what is missing is no news.
  const doubts = short.length === 0 ? unclear : short;
  const shownLines = [...failed, ...(isBroken ? [] : doubts)];
  const happened = isBroken ? incidents : [];
  if (verdict === 'passed' || shownLines.length + happened.length === 0) return nothing;
  return html`<ul class="reasons">${happened.map(({ at, what }) => html`<li>${moment(at)} ${what}</li>\n`)}${shownLines.map(line)}</ul>`;
}

const line = (judgement: Judgement): Markup =>
  html`<li>${standing(judgement.standing)} <strong>${judgement.title}</strong>: expected ${judgement.expected}, observed ${judgement.observed}${reasonOf(judgement)}</li>\n`;
