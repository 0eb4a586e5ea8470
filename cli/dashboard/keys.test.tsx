import { render } from 'ink-testing-library';
import { afterEach, expect, it } from 'vitest';
import { faultSchema } from '../scenario/fault.ts';
import { App } from './app.tsx';
import { keysOf, keyTable } from './keys.ts';
import type { Transport } from './moment.ts';
import type { Hands, Inspect } from './ports.ts';
import { readyFaults } from './ready-faults.ts';
import { unicode } from './screen/glyphs.ts';
import { createStore, type Store } from './store.ts';
import { aTransport, momentAt } from './testing/a-moment.ts';

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

interface Setting {
  readonly kind?: Transport['kind'];
  readonly hands?: Hands | string;
  readonly inspect?: Inspect;
}

/** Hands that say what they were told to do, and fail at what they are told to fail at. */
function someHands(failsAt?: keyof Hands): Hands & { readonly done: string[] } {
  const done: string[] = [];
  const doing = (what: keyof Hands) => async (a: unknown, b?: unknown) => {
    done.push([what, typeof a === 'string' ? a : JSON.stringify(a), ...(b === undefined ? [] : [b])].join(' '));
    if (what === failsAt) throw new Error('the keeper is gone');
  };
  return {
    done,
    addFault: doing('addFault'),
    clearFault: doing('clearFault'),
    force: doing('force'),
    setRate: doing('setRate'),
  };
}

function aDashboard({ kind = 'live', hands = someHands(), inspect }: Setting = {}) {
  const transport = aTransport(momentAt('manual', 6_000), kind);
  const calls: string[] = [];
  const store: Store = createStore({
    ...{ transport, hands, inspect: inspect ?? null, clock: () => 0 },
    onQuit: () => void calls.push('quit'),
    onSuspend: () => void calls.push('suspend'),
  });
  const handsOff = typeof hands === 'string' ? hands : null;
  const look = { store, kind, handsOff, columns: 100, rows: 30, glyphs: unicode, colour: false, isHeard: false };
  let frame: readonly string[] = [];
  const draw = (rows: readonly string[]): void => {
    frame = rows;
  };
  const ink = render(<App {...look} draw={draw} />);
  open.push(ink.unmount);
  /** Resolves when what was begun by the keys has been said. */
  const type = async (...keys: readonly string[]): Promise<string> => {
    for (const key of keys) ink.stdin.write(key);
    await new Promise((resolve) => setImmediate(resolve));
    return frame.join('\n');
  };
  return { type, calls, transport, store, status: () => store.snapshot().ui.message?.text };
}

const esc = '\u001b';
const [up, down, right, left] = ['A', 'B', 'C', 'D'].map((code) => `${esc}[${code}`) as [
  string,
  string,
  string,
  string,
];

it('leaves by q and by Ctrl-C, and asks to be stopped by Ctrl-Z', async () => {
  const { type, calls } = aDashboard();

  await type('q', '\u0003', '\u001a');

  expect(calls).toEqual(['quit', 'quit', 'suspend']);
});

it('moves the view and never the run', async () => {
  const { type, transport } = aDashboard();

  await type(' ', left, right, '[', ']', `${esc}[H`, `${esc}[F`);

  expect(transport.done).toEqual([
    'toggle',
    'move -1000',
    'move 1000',
    'move -30000',
    'move 30000',
    'toStart',
    'toEnd',
  ]);
});

it('seeks in a replay by 5 s, and changes its speed', async () => {
  const { type, transport } = aDashboard({ kind: 'replay' });

  await type(' ', left, right, '+', '-');

  expect(transport.done).toEqual(['toggle', 'move -5000', 'move 5000', 'faster 2', 'faster 0.5']);
});

it('chooses a link, opens it and comes back', async () => {
  const { type } = aDashboard();

  expect(await type(up)).toContain('›order → inventory');
  expect(await type(down, down)).toContain('›user → db');
  expect(await type('\r')).toContain('╭─ user → db');
  expect(await type('?')).toContain('╭─ KEYS');
  expect(await type('?')).toContain('╭─ LINKS');
});

it('shows the panes by turns, and filters the log', async () => {
  const { type } = aDashboard();

  expect(await type('\t')).toContain('>= 90 %');
  expect(await type('\t', '/', 'h', 'a', 'n', 'd', '\r')).toContain('LOG ─');
  const frame = await type();
  expect(frame).toContain('fault hand/1 by hand');
  expect(frame).not.toContain('phase outage');
});

it('sets a fault from the menu, for a minute', async () => {
  const hands = someHands();
  const { type, status } = aDashboard({ hands });

  expect(await type('f')).toContain('FAULT ON order → payment');
  await type(down, down, '\r');

  expect(hands.done).toEqual(['addFault {"type":"down","link":"order->payment"} 60000']);
  expect(status()).toBe('fault for 60 s: down: connections are cut, new ones refused');
});

it('chooses from the menu by number, too, and closes it by Esc', async () => {
  const hands = someHands();
  const { type, store } = aDashboard({ hands });

  await type('f', '7');
  expect(hands.done).toEqual(['addFault {"type":"httpError","service":"payment","status":503} 60000']);

  store.press('f');
  store.press('esc');
  expect(await type()).not.toContain('FAULT ON');
});

it('heals what a hand has set, and nothing else', async () => {
  const hands = someHands();

  await aDashboard({ hands }).type('h');

  expect(hands.done).toEqual(['clearFault hand/1']);
});

it('forces breakers and changes the load', async () => {
  const hands = someHands();

  await aDashboard({ hands }).type('o', 'c', 'd', 'a', '+', '-');

  expect(hands.done).toEqual([
    'force order->payment open',
    'force order->payment closed',
    'force order->payment disabled',
    'force order->payment auto',
    'setRate checkout 8',
    'setRate checkout 5',
  ]);
});

it('says why something could not be done', async () => {
  const { type } = aDashboard({ hands: someHands('force') });

  expect(await type('o')).toContain('order->payment open failed: the keeper is gone');
  expect(await type(down, 'o')).toContain('user->db has no breaker');
});

it('says why there is nothing to act with', async () => {
  const { type } = aDashboard({ hands: 'a replay changes nothing', kind: 'replay' });

  expect(await type('f')).toContain('f does nothing here: a replay changes nothing');
});

it('shows a service, and asks about it', async () => {
  const asked: string[] = [];
  const inspect: Inspect = async (service) => {
    asked.push(service);
    return { service, pid: 4711, memoryMb: 60.6, cpuPercent: 12, upForMs: 61_000, log: ['{"msg":"charged"}'] };
  };
  const { type } = aDashboard({ inspect });

  const frame = await type('s');

  expect(asked).toEqual(['payment']);
  expect(frame).toContain('runs as process 4711, up for 61s');
  expect(frame).toContain('{"msg":"charged"}');
});

it('says why nothing is known of a service', async () => {
  const { type } = aDashboard({ inspect: () => Promise.reject(new Error('no such process')) });

  expect(await type('s')).toContain('no such process');
});

it.each(['live', 'replay'] as const)('has no key for two things in a %s view', (kind) => {
  const keys = keysOf(kind).flatMap((row) => row.keys);

  expect(new Set(keys).size).toBe(keys.length);
});

it('has only ready faults that a scenario could hold', () => {
  const { links } = momentAt('passed', 0).view;
  const wrong = links.flatMap(readyFaults).filter(({ fault }) => !faultSchema.safeParse(fault).success);

  expect(wrong).toEqual([]);
});

it('explains its keys in so few words that two columns fit', () => {
  expect(keyTable.filter(({ help }) => help.length > 27)).toEqual([]);
});
