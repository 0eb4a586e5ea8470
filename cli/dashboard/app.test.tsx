import { renderToString } from 'ink';
import { expect, it } from 'vitest';
import { App } from './app.tsx';
import type { Moment } from './moment.ts';
import { ascii, type Glyphs, unicode } from './screen/glyphs.ts';
import { createStore } from './store.ts';
import { aTransport, momentAt, momentOf } from './testing/a-moment.ts';
import { eventsOf } from './testing/journals.ts';

interface Look {
  readonly columns?: number;
  readonly rows?: number;
  readonly glyphs?: Glyphs;
  readonly colour?: boolean;
  readonly isHeard?: boolean;
  readonly keys?: readonly string[];
}

function frameOf(
  moment: Moment,
  { columns = 100, rows = 30, glyphs = unicode, keys = [], ...rest }: Look = {},
): string {
  const transport = aTransport(moment);
  const none = (): void => {};
  const hands = 'nothing is on';
  const store = createStore({ transport, hands, inspect: null, clock: () => 0, onQuit: none, onSuspend: none });
  for (const key of keys) store.press(key);
  const look = { store, kind: transport.kind, handsOff: hands, columns, rows, glyphs };
  const { colour = false, isHeard = false } = rest;
  let drawn: readonly string[] = [];
  const draw = (lines: readonly string[]): void => {
    drawn = lines;
  };
  const heard = renderToString(<App {...look} {...{ colour, isHeard, draw }} />, { columns });
  return isHeard ? heard : drawn.map((line) => line.trimEnd()).join('\n');
}

const aborted = eventsOf('interrupted').map((event) =>
  event.type === 'run.ended' ? { ...event, reason: 'aborted' as const, detail: 'orders.failed was above 50 %' } : event,
);

it.each([
  ['closed', momentAt('passed', 3_900)],
  ['opening', momentAt('passed', 4_600)],
  ['half-open', momentAt('passed', 6_550)],
  ['open again', momentAt('passed', 7_800)],
  ['recovering', momentAt('passed', 10_900)],
  ['passed', momentAt('passed', 20_000, { mode: 'over' })],
  ['failed', momentAt('failed', 20_000, { mode: 'over' })],
  ['by hand', momentAt('manual', 6_000)],
  ['errored', momentAt('errored', 20_000, { mode: 'over' })],
  ['interrupted', momentAt('interrupted', 20_000, { mode: 'over' })],
  ['aborted', momentOf(aborted, 20_000, { mode: 'over' })],
  ['no run', momentOf([], 0)],
] as const)('draws a run: %s', async (name, moment) => {
  const file = `__snapshots__/${name.replaceAll(' ', '-')}`;

  await expect(`${frameOf(moment)}\n`).toMatchFileSnapshot(`${file}-100x30.txt`);
  await expect(`${frameOf(moment, { columns: 80, rows: 24 })}\n`).toMatchFileSnapshot(`${file}-80x24.txt`);
});

it.each([
  ['a link in detail', ['enter']],
  ['earlier calls of a link', ['enter', 'pageup', 'pageup']],
  ['a service without a process', ['s']],
  ['the help', ['?']],
  ['all expectations', ['tab']],
  ['a filtered log', ['tab', 'tab', '/', 'o', 'p', 'e', 'n', 'enter']],
  ['a filter being typed', ['/', 'p', 'a']],
] as const)('draws %s', async (name, keys) => {
  const moment = momentAt('passed', 7_800);

  await expect(`${frameOf(moment, { keys })}\n`).toMatchFileSnapshot(`__snapshots__/${name.replaceAll(' ', '-')}.txt`);
});

it('draws with ASCII alone where it is asked to', async () => {
  const frame = frameOf(momentAt('manual', 7_000), { glyphs: ascii });

  expect(frame).toMatch(/^[\n -~]*$/);
  await expect(`${frame}\n`).toMatchFileSnapshot('__snapshots__/ascii.txt');
});

it('says nothing by colour alone', () => {
  const moment = momentAt('passed', 7_800);
  const coloured = frameOf(moment, { colour: true });

  expect(coloured).toContain('\u001b[31m');
  expect(frameOf(moment)).not.toContain('\u001b');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with one
  expect(coloured.replaceAll(/\u001b\[\d+m/g, '').replaceAll(/ +$/gm, '')).toBe(frameOf(moment));
});

it('speaks to those who hear it', () => {
  expect(frameOf(momentAt('manual', 7_000), { isHeard: true })).toMatchInlineSnapshot(`
    "Scenario short: Payment breaks for five seconds, and a few orders see it.
    Phase outage.
    order->payment is open since 7.0s of the run: the probe failed (status 503).
    Broken on purpose: httpError 503 on payment, which concerns 1 link.
    Broken on purpose: latency 300±0 ms downstream on order->user, which concerns 1 link.
    By hand: latency 300±0 ms downstream on order->user.
    Orders in the last second: 6 rejected.
    Expectations: 0 failures so far of 16.
    Last: order->payment  half-open -> open   the probe failed (status 503)."
  `);
});

it('says what it needs where the terminal is too small', () => {
  expect(frameOf(momentAt('passed', 4_000), { columns: 50, rows: 10 }).trim()).toMatchInlineSnapshot(`
    "The terminal has 50x10 cells;
    the dashboard needs 60x15.
    Enlarge it, or q to leave."
  `);
});
