// One cursor and one zoom for all lanes and charts. They are drawn already; this moves the window that is looked through (--t0 to
// --t1, and the charts' view boxes) and reads the page's own data at the cursor.

const figure = document.querySelector('#run');
const data = JSON.parse(document.querySelector('#run-data').textContent);
const plot = figure.querySelector('.plot');
const cursor = figure.querySelector('.cursor');
const selection = figure.querySelector('.selection');
const axis = figure.querySelector('.axis');
const { endMs, series } = data;
const whole = { from: 0, to: endMs };
const shortest = Math.min(endMs, 200);
let view = whole;
let at = null;

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
const seconds = (ms, digits = 3) => `${(ms / 1000).toFixed(digits)} s`;

function show({ from, to }) {
  const span = clamp(to - from, shortest, endMs);
  const start = clamp(from, 0, endMs - span);
  view = { from: start, to: start + span };
  figure.style.setProperty('--t0', view.from);
  figure.style.setProperty('--t1', view.to);
  for (const chart of figure.querySelectorAll('.chart')) chart.setAttribute('viewBox', `${view.from} 0 ${span} 100`);
  figure.querySelector('[data-read="range"]').textContent = `${seconds(view.from, 1)} to ${seconds(view.to, 1)}`;
  drawAxis(span);
  unstretch(span);
}

/** Patterns are drawn in the charts' own units, ms and per cent: a pixel of each, so that they are not stretched. */
function unstretch(span) {
  const { clientWidth, clientHeight } = figure.querySelector('.chart');
  const scale = `scale(${span / Math.max(1, clientWidth)} ${100 / Math.max(1, clientHeight)})`;
  for (const pattern of figure.querySelectorAll('pattern')) pattern.setAttribute('patternTransform', scale);
}

/** As many round moments as there is room for. */
function drawAxis(span) {
  const least = span / Math.max(2, Math.floor(axis.clientWidth / 80));
  const power = 10 ** Math.floor(Math.log10(least));
  const step = power * ([1, 2, 5].find((factor) => factor * power >= least) ?? 10);
  const first = Math.ceil(view.from / step) * step;
  const marks = [];
  for (let moment = first; moment <= view.to; moment += step) {
    const mark = document.createElement('span');
    mark.style.setProperty('--from', moment);
    mark.textContent = `${Number((moment / 1000).toFixed(3))} s`;
    marks.push(mark);
  }
  axis.replaceChildren(...marks);
}

const zoom = (factor) => {
  const middle = at ?? (view.from + view.to) / 2;
  show({ from: middle - (middle - view.from) * factor, to: middle + (view.to - middle) * factor });
};
const pan = (share) => {
  const by = (view.to - view.from) * share;
  const from = clamp(view.from + by, 0, endMs - (view.to - view.from));
  show({ from, to: from + view.to - view.from });
};

const isIn = ({ from, to }) => at >= from && at < to;
const duration = (ms) => (ms === null || ms === undefined ? '–' : ms < 1000 ? `${ms} ms` : seconds(ms));

/** Every line of the readout by its name. */
function readings() {
  const index = Math.min(series.planned.length - 1, Math.floor(at / series.widthMs));
  const happened = Object.entries(series.outcomes).filter(([, column]) => column[index] > 0);
  return {
    at: seconds(at),
    phase:
      data.phases
        .filter(isIn)
        .map(({ name }) => name)
        .join(', ') || 'none',
    faults:
      data.faults
        .filter(isIn)
        .map(({ target, dose }) => `${dose} on ${target}`)
        .join(', ') || 'none',
    breakers:
      data.breakers
        .flatMap(({ link, stays }) => stays.filter(isIn).map(({ state }) => ({ link, state })))
        .filter(({ state }) => state !== 'closed')
        .map(({ link, state }) => `${link} ${state}`)
        .join(', ') || 'none',
    planned: String(series.planned[index] ?? 0),
    sent: String(series.sent[index] ?? 0),
    outcomes: happened.map(([outcome, column]) => `${column[index]} ${outcome}`).join(', ') || 'none',
    latency: ['p50', 'p95', 'p99'].map((column) => duration(series[column][index])).join(' / '),
  };
}

function moveTo(moment) {
  at = clamp(Math.round(moment), 0, endMs);
  if (at < view.from || at > view.to)
    show({ from: at - (view.to - view.from) / 2, to: at + (view.to - view.from) / 2 });
  cursor.hidden = false;
  cursor.style.setProperty('--from', at);
  const told = readings();
  for (const [name, text] of Object.entries(told)) {
    const line = figure.querySelector(`[data-read="${name}"]`);
    if (line !== null) line.textContent = text;
  }
  plot.setAttribute('aria-valuenow', at);
  plot.setAttribute(
    'aria-valuetext',
    `${told.at}, phase ${told.phase}, faults ${told.faults}, not closed ${told.breakers}, planned ${told.planned}, sent ${told.sent}, outcomes ${told.outcomes}, latency ${told.latency}`,
  );
}

function momentOf({ clientX }) {
  const { left, width } = plot.getBoundingClientRect();
  return view.from + (clamp(clientX - left, 0, width) / width) * (view.to - view.from);
}

let drag = null;
plot.addEventListener('pointerdown', (event) => {
  if (event.button !== 0) return;
  plot.setPointerCapture(event.pointerId);
  drag = { x: event.clientX, from: momentOf(event) };
});
plot.addEventListener('pointermove', (event) => {
  const moment = momentOf(event);
  moveTo(moment);
  if (drag === null) return;
  selection.hidden = false;
  selection.style.setProperty('--from', Math.min(drag.from, moment));
  selection.style.setProperty('--to', Math.max(drag.from, moment));
});
plot.addEventListener('pointerup', (event) => {
  const began = drag;
  drag = null;
  selection.hidden = true;
  const moment = momentOf(event);
  moveTo(moment);
  const isDrag = began !== null && Math.abs(event.clientX - began.x) > 6;
  if (isDrag) show({ from: Math.min(began.from, moment), to: Math.max(began.from, moment) });
});
plot.addEventListener('pointercancel', () => {
  drag = null;
  selection.hidden = true;
});
plot.addEventListener('dblclick', () => show(whole));

const move = (buckets) => moveTo((at ?? view.from) + buckets * Math.min(series.widthMs, (view.to - view.from) / 20));
const keys = {
  ArrowLeft: ({ shiftKey }) => (shiftKey ? pan(-0.25) : move(-1)),
  ArrowRight: ({ shiftKey }) => (shiftKey ? pan(0.25) : move(1)),
  ArrowDown: () => move(-1),
  ArrowUp: () => move(1),
  PageDown: () => move(-10),
  PageUp: () => move(10),
  Home: () => moveTo(view.from),
  End: () => moveTo(view.to),
  '+': () => zoom(0.5),
  '=': () => zoom(0.5),
  '-': () => zoom(2),
  0: () => show(whole),
  Escape: () => show(whole),
};
plot.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = keys[event.key];
  if (act === undefined) return;
  event.preventDefault();
  act(event);
});

const actions = {
  in: () => zoom(0.5),
  out: () => zoom(2),
  left: () => pan(-0.25),
  right: () => pan(0.25),
  all: () => show(whole),
};
for (const button of figure.querySelectorAll('[data-do]')) {
  button.addEventListener('click', () => actions[button.dataset.do]());
}

figure.classList.add('live');
show(whole);
addEventListener('resize', () => show(view));
// On paper there is no zoom.
addEventListener('beforeprint', () => show(whole));
