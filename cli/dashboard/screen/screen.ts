// The whole screen as lines: which panels there are at which size, and where. Exactly as many rows and columns as the terminal has.
import type { Moment, Transport } from '../moment.ts';
import { readyFaults } from '../ready-faults.ts';
import type { Ui } from '../ui.ts';
import { chartLines, orderSeries } from './charts.ts';
import { countText, expectationLines } from './expectations.ts';
import { clock } from './figures.ts';
import { beside, exactly, framed } from './frame.ts';
import type { Glyphs } from './glyphs.ts';
import { headerLine } from './header.ts';
import { footerLine, helpScreen, type KeysOptions } from './help.ts';
import { type Layout, layoutOf } from './layout.ts';
import { linkDetail } from './link-detail.ts';
import { logLines } from './log.ts';
import { type ServiceState, serviceDetail } from './service-detail.ts';
import { fitted, type Line, line, span } from './text.ts';
import { lanesIn, legend, timelineLines } from './timeline.ts';
import { heads, nameOf, topologyLines } from './topology.ts';

export interface ScreenOptions {
  readonly moment: Moment;
  readonly ui: Ui;
  readonly columns: number;
  readonly rows: number;
  readonly kind: Transport['kind'];
  /** Why the keys that act do not; null: they do. */
  readonly handsOff: string | null;
  readonly service: ServiceState;
  readonly glyphs: Glyphs;
}

export const smallest = { columns: 60, rows: 15 } as const;

export function screenLines(options: ScreenOptions): readonly Line[] {
  const { columns: width, rows, moment, glyphs } = options;
  if (width < smallest.columns || rows < smallest.rows) return exactly(tooSmall(width, rows), rows, width, glyphs);
  const body = bodyOf(options, { width, height: rows - 2 });
  return [headerLine(moment, width, glyphs), ...body, lastLine(options)].map((each) => fitted(each, width, glyphs));
}

// --- internal ---

const tooSmall = (columns: number, rows: number): readonly Line[] => [
  line(`The terminal has ${columns}x${rows} cells;`),
  line(`the dashboard needs ${smallest.columns}x${smallest.rows}.`),
  line('Enlarge it, or q to leave.'),
];

interface Room {
  readonly width: number;
  readonly height: number;
}

function bodyOf(options: ScreenOptions, room: Room): readonly Line[] {
  const { ui, moment, service, glyphs, kind, handsOff } = options;
  const link = moment.view.links[ui.link];
  switch (ui.screen) {
    case 'help':
      return helpScreen({ ...room, kind, handsOff, glyphs });
    case 'service':
      return serviceDetail(ui.service, service, { ...room, glyphs });
    case 'link':
      if (link !== undefined) return linkDetail(moment.view, link, { ...room, scroll: ui.scroll, glyphs });
      return main(options, room);
    case 'main':
      return main(options, room);
    default:
      return ui.screen satisfies never;
  }
}

function main(options: ScreenOptions, room: Room): readonly Line[] {
  const { view } = options.moment;
  const layout = layoutOf({ ...room, links: view.links.length, lanes: lanesIn(view, options.ui.link) });
  const upper =
    layout.right === 0
      ? topology(options, layout)
      : beside(topology(options, layout), expectations(options, { width: layout.right, height: layout.upper }));
  const timeline = layout.timeline === 0 ? [] : timelineOf(options, { width: room.width, height: layout.timeline });
  return [...upper, ...timeline, ...lower(options, layout, room.width)];
}

function topology({ moment, ui, glyphs }: ScreenOptions, { left: width, upper: height }: Layout): readonly Line[] {
  const edge = heads(width);
  const content = topologyLines(moment.view, { width, height, chosen: ui.link, glyphs });
  return framed(content, { title: 'LINKS', heads: edge, width, height, glyphs });
}

function timelineOf({ moment, ui, glyphs }: ScreenOptions, size: Room): readonly Line[] {
  const content = timelineLines(moment.view, { ...size, chosen: ui.link, glyphs });
  return framed(content, { title: 'TIMELINE', heads: ` ${legend(glyphs)}`, ...size, glyphs });
}

function lower(options: ScreenOptions, { lower: height, right }: Layout, width: number): readonly Line[] {
  const { ui } = options;
  if (ui.menu !== null) return menu(options, { width, height });
  if (ui.pane === 'expectations') return expectations(options, { width, height });
  if (ui.pane === 'log') return log(options, { width, height });
  if (right === 0) return [...metrics(options, { width, height: height - 1 }), gist(options)];
  const logWidth = Math.floor(width * 0.42);
  const charts = metrics(options, { width: width - logWidth, height });
  return beside(charts, log(options, { width: logWidth, height }));
}

/** Of what there is no room for: how the expectations stand, and the last that happened. */
function gist({ moment: { view, standings }, glyphs }: ScreenOptions): Line {
  const last = view.log.at(-1);
  const counts = countText(standings, glyphs);
  const happened = last === undefined ? [] : [span(`${clock(last.at)} `, 'dim'), span(last.text, last.tone)];
  return [span(counts === '' ? ' ' : ` ${counts}  `), ...happened];
}

function metrics({ moment, glyphs }: ScreenOptions, size: Room): readonly Line[] {
  const { seconds } = moment.view;
  const content = chartLines(seconds, {
    ...{ ...size, series: orderSeries, always: ['success', 'rejected', 'failed'], glyphs },
    whole: seconds.at(-1)?.second ?? 0,
  });
  return framed(content, { title: 'ORDERS BY OUTCOME', heads: ' a second | p99, log ', ...size, glyphs });
}

function expectations({ moment, ui, glyphs }: ScreenOptions, size: Room): readonly Line[] {
  const scroll = ui.pane === 'expectations' ? ui.scroll : 0;
  const counts = countText(moment.standings, glyphs);
  const content = expectationLines(moment.standings, { ...size, scroll, glyphs });
  return framed(content, { title: 'EXPECTATIONS', heads: counts === '' ? '' : ` ${counts} `, ...size, glyphs });
}

function log({ moment, ui, glyphs }: ScreenOptions, size: Room): readonly Line[] {
  const heads = ui.filter === '' ? '' : ` /${ui.filter} `;
  const scroll = ui.pane === 'expectations' ? 0 : ui.scroll;
  const content = logLines(moment.view.log, { ...size, filter: ui.filter, scroll });
  return framed(content, { title: 'LOG', heads, ...size, glyphs });
}

function menu({ moment, ui, glyphs }: ScreenOptions, size: Room): readonly Line[] {
  const link = moment.view.links[ui.link];
  if (link === undefined) return framed([], { title: 'FAULT', ...size, glyphs });
  const rows = readyFaults(link).map(({ label }, index): Line => {
    const isChosen = index === ui.menu;
    return [
      span(isChosen ? `${glyphs.chosen} ` : '  ', 'accent'),
      span(`${index + 1} `, 'dim'),
      span(label, isChosen ? 'select' : 'plain'),
    ];
  });
  const room = Math.max(1, size.height - 2);
  const from = Math.max(0, Math.min((ui.menu ?? 0) - room + 1, rows.length - room));
  const heads = ' Enter: set for 60 s  Esc: not ';
  return framed(rows.slice(from), { title: `FAULT ON ${nameOf(link, glyphs)}`, heads, ...size, glyphs });
}

function lastLine(options: ScreenOptions): Line {
  const { ui, columns, moment } = options;
  if (ui.isTyping)
    return [span(' filter: ', 'accent'), span(`${ui.filter}_`), span('   Enter: keep  Esc: all lines', 'dim')];
  if (ui.message !== null) return [span(' '), span(ui.message.text, ui.message.tone)];
  if (moment.lost !== null) return [span(` no more events: ${moment.lost}`, 'bad')];
  const keys: KeysOptions = options;
  return footerLine(keys, columns);
}
