// What React reads: one snapshot a tick. What a key does is here, too; what it does to the running system is in acts.ts.
import { type ServiceName, serviceNames } from '../../services/fleet.ts';
import { createActs, type Say } from './acts.ts';
import { type Action, type KeyName, rowFor } from './keys.ts';
import type { Moment, Transport } from './moment.ts';
import type { Hands, Inspect } from './ports.ts';
import { readyFaults } from './ready-faults.ts';
import type { ServiceState } from './screen/service-detail.ts';
import { firstUi, panes, type Ui } from './ui.ts';

export interface StoreOptions {
  readonly transport: Transport;
  /** Or why there are none. */
  readonly hands: Hands | string;
  readonly inspect: Inspect | null;
  readonly clock: () => number;
  readonly onQuit: () => void;
  readonly onSuspend: () => void;
}

export interface Snapshot {
  readonly moment: Moment;
  readonly ui: Ui;
  readonly service: ServiceState;
}

export interface Store {
  readonly subscribe: (listener: () => void) => () => void;
  readonly snapshot: () => Snapshot;
  readonly press: (key: KeyName) => void;
  /** Takes in what has come. */
  readonly tick: () => void;
  readonly say: Say;
}

const messageMs = 6_000;
const inspectEveryMs = 1_000;
const steps = { near: { live: 1_000, replay: 5_000 }, far: 30_000 } as const;

export function createStore({ transport, hands, inspect, clock, onQuit, onSuspend }: StoreOptions): Store {
  const listeners = new Set<() => void>();
  let state: Snapshot = { moment: transport.tick(), ui: firstUi, service: { is: 'asked' } };
  let messageUntil = 0;
  let inspectAt = 0;

  function set(change: Partial<Snapshot>): void {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  }
  const setUi = (change: Partial<Ui>): void => set({ ui: { ...state.ui, ...change } });

  const say: Say = (text, tone) => {
    messageUntil = clock() + messageMs;
    setUi({ message: { text, tone } });
  };
  const acts = createActs({ hands, say, view: () => state.moment.view });
  const link = () => state.moment.view.links[state.ui.link];

  function tick(): void {
    const now = clock();
    const ui = state.ui.message !== null && now >= messageUntil ? { ...state.ui, message: null } : state.ui;
    set({ moment: transport.tick(), ui });
    if (ui.screen === 'service' && now >= inspectAt) look(ui.service);
  }

  function look(service: ServiceName): void {
    if (inspect === null) {
      set({ service: { is: 'unknown', why: 'of a run that is over, no process is left to look at' } });
      return;
    }
    inspectAt = clock() + inspectEveryMs;
    inspect(service).then(
      (detail) => {
        if (state.ui.service === service) set({ service: { is: 'told', detail } });
      },
      (error: unknown) =>
        set({ service: { is: 'unknown', why: error instanceof Error ? error.message : String(error) } }),
    );
  }

  function openService(): void {
    const { screen, service, link: place } = state.ui;
    const ends = state.moment.view.links[place];
    const first =
      serviceNames.find((name) => name === ends?.callee) ?? serviceNames.find((name) => name === ends?.caller);
    const next = serviceNames[(serviceNames.indexOf(service) + 1) % serviceNames.length];
    const shown = (screen === 'service' ? next : first) ?? service;
    set({ ui: { ...state.ui, screen: 'service', service: shown }, service: { is: 'asked' } });
    look(shown);
  }

  function choose(by: number): void {
    const { menu, link: place } = state.ui;
    const chosen = link();
    const { length } = state.moment.view.links;
    if (menu === null) setUi({ link: (place + by + length) % length });
    else if (chosen !== undefined) setUi({ menu: Math.min(readyFaults(chosen).length - 1, Math.max(0, menu + by)) });
  }

  function enter(): void {
    const { menu, screen } = state.ui;
    const chosen = link();
    if (menu === null || chosen === undefined) {
      setUi({ screen: screen === 'link' ? 'main' : 'link', scroll: 0 });
      return;
    }
    setUi({ menu: null });
    const ready = readyFaults(chosen)[menu];
    if (ready !== undefined) acts.addFault(ready);
  }

  /** `by`: lines back in time; expectations are read from the top. */
  function scroll(by: number): void {
    const { pane, screen, scroll: from } = state.ui;
    const isFromTop = pane === 'expectations' && screen === 'main';
    setUi({ scroll: Math.max(0, from + (isFromTop ? -by : by)) });
  }

  function back(): void {
    const { menu, screen, filter } = state.ui;
    if (menu !== null) setUi({ menu: null });
    else if (screen !== 'main') setUi({ screen: 'main', scroll: 0 });
    else if (filter !== '') setUi({ filter: '' });
  }

  const moved = (move: () => void): void => {
    move();
    tick();
  };
  const near = steps.near[transport.kind];
  const force = (to: Parameters<typeof acts.force>[1]) => (): void => acts.force(link(), to);

  const doing: Readonly<Record<Action, () => void>> = {
    quit: onQuit,
    suspend: onSuspend,
    help: () => setUi({ screen: state.ui.screen === 'help' ? 'main' : 'help' }),
    toggle: () => moved(transport.toggle),
    up: () => choose(-1),
    down: () => choose(1),
    open: enter,
    service: openService,
    close: back,
    pane: () =>
      setUi({ pane: panes[(panes.indexOf(state.ui.pane) + 1) % panes.length] ?? 'metrics', scroll: 0, screen: 'main' }),
    filter: () =>
      setUi({ isTyping: true, pane: state.ui.pane === 'expectations' ? 'log' : state.ui.pane, screen: 'main' }),
    scrollUp: () => scroll(5),
    scrollDown: () => scroll(-5),
    back: () => moved(() => transport.move(-near)),
    forward: () => moved(() => transport.move(near)),
    farBack: () => moved(() => transport.move(-steps.far)),
    farForward: () => moved(() => transport.move(steps.far)),
    toStart: () => moved(transport.toStart),
    toEnd: () => moved(transport.toEnd),
    faster: () => moved(() => transport.faster(2)),
    slower: () => moved(() => transport.faster(0.5)),
    fault: () => setUi({ menu: state.ui.menu === null ? 0 : null, screen: 'main' }),
    heal: acts.heal,
    forceOpen: force('open'),
    forceClosed: force('closed'),
    disable: force('disabled'),
    auto: force('auto'),
    more: () => acts.scaleLoad(1.25),
    less: () => acts.scaleLoad(0.75),
  };

  function type(key: KeyName): void {
    const { filter } = state.ui;
    if (key === 'enter') setUi({ isTyping: false });
    else if (key === 'esc') setUi({ isTyping: false, filter: '' });
    else if (key === 'backspace') setUi({ filter: filter.slice(0, -1) });
    else if (key === 'space') setUi({ filter: `${filter} ` });
    else if (key.length === 1) setUi({ filter: filter + key });
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    snapshot: () => state,
    tick,
    say,
    press: (key) => {
      if (state.ui.isTyping && !key.startsWith('ctrl-')) return type(key);
      const chosen = link();
      const digit = Number(key) - 1;
      if (state.ui.menu !== null && chosen !== undefined && readyFaults(chosen)[digit] !== undefined) {
        setUi({ menu: digit });
        return enter();
      }
      const row = rowFor(key, transport.kind);
      if (row === undefined) return;
      if (row.needsHands === true && typeof hands === 'string') say(`${key} does nothing here: ${hands}`, 'warn');
      else doing[row.action]();
    },
  };
}
