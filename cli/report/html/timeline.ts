// The timeline: phases, faults and breakers over the charts, under one cursor and one zoom. It is drawn here, whole; the page's
// script only moves the view box and the cursor. Where scripts are off, all of the run is to be seen.
import type { BreakerState } from '../../../services/contract/events.ts';
import { moment } from '../../verdict/figures.ts';
import type { RunResult } from '../../verdict/run-result.ts';
import { type Chart, chartsOf, svgOf } from './charts.ts';
import { figuresTable } from './figures-table.ts';
import { type Content, html, json, type Markup, nothing } from './markup.ts';
import { ticks } from './scale.ts';
import { section } from './table.ts';
import { type Stretch, type TimelineData, timelineData } from './timeline-data.ts';

export function timeline(result: RunResult): Markup {
  const data = timelineData(result);
  return section(
    'Timeline',
    html`<figure id="run" style="--t0:0;--t1:${data.endMs}">
${toolbar}
${readout(data)}
${patterns(data.endMs)}<div class="rows">
${lanes(data)}${chartsOf(data).map((chart) => chartRow(chart, data.endMs))}
${axis(data.endMs)}
<div class="plot" role="slider" tabindex="0" aria-label="Moment of the run" aria-describedby="keys" aria-valuemin="0" aria-valuemax="${data.endMs}" aria-valuenow="0" aria-valuetext="none chosen"><span class="selection" hidden></span><span class="cursor" hidden></span></div>
</div>
<figcaption id="keys" class="hint">Drag to zoom in, double-click for the whole run. With the keyboard: arrows move the cursor, Shift and arrows the view, + and − zoom, 0 shows all.</figcaption>
${figuresTable(data)}
<script type="application/json" id="run-data">${json(data)}</script>
</figure>`,
  );
}

// --- internal ---

const toolbar = html`<div class="toolbar" role="group" aria-label="Zoom">
<button type="button" data-do="out" aria-label="Zoom out">−</button><button type="button" data-do="in" aria-label="Zoom in">+</button><button type="button" data-do="left" aria-label="Earlier">‹</button><button type="button" data-do="right" aria-label="Later">›</button><button type="button" data-do="all">Whole run</button>
<output class="range" data-read="range"></output>
</div>`;

/** So that outcomes differ by more than their colour. The script keeps them from being stretched. */
const patterns = (endMs: number): Markup => html`<svg class="unseen" aria-hidden="true"><defs>
${['rejected', 'unknown', 'dropped'].map((kind) => html`<pattern id="of-${kind}" class="${kind}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="scale(${Math.max(0.001, endMs / 1_000)} 0.83)"><rect width="8" height="8"/><path class="weave" d="${strokes[kind] ?? ''}"/></pattern>\n`)}</defs></svg>
`;

const strokes: Readonly<Record<string, string>> = {
  rejected: 'M-2 2L2 -2M0 8L8 0M6 10L10 6',
  unknown: 'M4 0V8M0 4H8',
  dropped: 'M0 4H8',
};

/** What was at the cursor; the script fills it in. */
const readout = ({ breakers }: TimelineData): Markup => html`<dl class="readout">
${[
  ['at', 'At'],
  ['phase', 'Phase'],
  ['planned', 'Planned'],
  ['sent', 'Sent'],
  ['outcomes', 'Outcomes'],
  ['latency', 'p50 / p95 / p99'],
  ['faults', 'Faults'],
  ...(breakers.length === 0 ? [] : [['breakers', 'Not closed']]),
].map(
  ([key = '', title = '']) => html`<div class="read-${key}"><dt>${title}</dt><dd data-read="${key}">–</dd></div>\n`,
)}</dl>`;

function lanes({ phases, faults, breakers, incidents }: TimelineData): Markup {
  return html`${row(
    'Phases',
    'lane',
    phases.map((phase) =>
      block(phase, {
        kind: phase.judged ? 'phase' : 'phase unjudged',
        text: phase.name,
        title: phase.judged ? phase.name : `${phase.name}, not judged`,
      }),
    ),
  )}
${faults.map((fault) => row(html`<span class="what">fault</span> ${fault.target}`, 'lane', [block(fault, { kind: 'fault', text: fault.dose, title: `${fault.fault}: ${fault.dose} on ${fault.target}` })]))}
${breakers.map(({ link, stays }) =>
  row(
    html`<span class="what">breaker</span> ${link}`,
    'lane',
    stays.map((stay) =>
      block(stay, { kind: stay.state, text: stateNames[stay.state], title: `${link} ${stateNames[stay.state]}` }),
    ),
  ),
)}
${
  incidents.length === 0
    ? nothing
    : row(
        'Incidents',
        'lane',
        incidents.map(
          ({ at, what }) =>
            html`<span class="mark" style="--from:${at}" title="${moment(at)} ${what}">▲<span class="unseen">${moment(at)} ${what}</span></span>`,
        ),
      )
}`;
}

const stateNames: Readonly<Record<BreakerState, string>> = { closed: 'closed', open: 'open', halfOpen: 'half-open' };

interface Block {
  readonly kind: string;
  readonly text: string;
  readonly title: string;
}

const block = ({ from, to }: Stretch, { kind, text, title }: Block): Markup =>
  html`<span class="block ${kind}" style="--from:${from};--to:${to}" title="${title}, ${moment(from)} to ${moment(to)}"><span>${text}</span></span>`;

const row = (label: Content, kind: string, track: Content): Markup =>
  html`<div class="row ${kind}"><div class="label">${label}</div><div class="track">${track}</div></div>\n`;

function chartRow(chart: Chart, endMs: number): Markup {
  const { title, unit, legend, scale, label } = chart;
  const names = legend.map(
    ([kind, name]) => html`<span class="key"><span class="swatch ${kind}"></span>${name}</span> `,
  );
  const marks = scale.marks.map((mark) => html`<span style="--y:${scale.y(mark)}">${label(mark)}</span>`);
  return html`<div class="row chart-row"><div class="label"><strong>${title}</strong> <span class="unit">${unit}</span><span class="legend">${names}</span></div><div class="track"><div class="marks" aria-hidden="true">${marks}</div>${svgOf(chart, endMs)}</div></div>\n`;
}

const axis = (endMs: number): Markup =>
  html`<div class="row axis-row" aria-hidden="true"><div class="label"></div><div class="track axis">${ticks(endMs).map((at) => html`<span style="--from:${at}">${at / 1_000} s</span>`)}</div></div>`;
