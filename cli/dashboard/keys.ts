// The one table of keys: the handler, the footer, the help and the README all come from it.
import type { Transport } from './moment.ts';

export interface KeyRow {
  readonly action: Action;
  readonly keys: readonly KeyName[];
  /** In the footer; absent: only in the help. */
  readonly label?: string;
  readonly help: string;
  /** Only there. Absent: in both. */
  readonly in?: Transport['kind'];
  /** It acts on the running system. */
  readonly needsHands?: true;
}

/** A character, or the name of a key that is none. */
export type KeyName = string;

export const keyTable = [
  { action: 'quit', keys: ['q', 'ctrl-c'], label: 'quit', help: 'leave; asks if a run ends' },
  { action: 'help', keys: ['?'], label: 'help', help: 'this table' },
  {
    action: 'toggle',
    keys: ['space'],
    label: 'freeze',
    help: 'freeze the view only',
    in: 'live',
  },
  { action: 'toggle', keys: ['space'], label: 'pause', help: 'pause, play on', in: 'replay' },
  { action: 'up', keys: ['up'], help: 'the link above' },
  { action: 'down', keys: ['down'], help: 'the link below' },
  { action: 'open', keys: ['enter'], label: 'detail', help: 'the link in detail' },
  {
    action: 'service',
    keys: ['s'],
    help: 'its service; again: next',
  },
  { action: 'close', keys: ['esc'], help: 'back' },
  { action: 'pane', keys: ['tab'], label: 'pane', help: 'metrics, expectations, log' },
  { action: 'filter', keys: ['/'], label: 'filter', help: 'lines of the log by a word' },
  { action: 'scrollUp', keys: ['pageup'], help: 'back in the log, in calls' },
  { action: 'scrollDown', keys: ['pagedown'], help: 'on in the log, in calls' },
  { action: 'back', keys: ['left'], help: 'look back 1 s', in: 'live' },
  { action: 'forward', keys: ['right'], help: 'look on 1 s', in: 'live' },
  { action: 'back', keys: ['left'], label: 'seek', help: 'back 5 s', in: 'replay' },
  { action: 'forward', keys: ['right'], help: 'on 5 s', in: 'replay' },
  { action: 'farBack', keys: ['['], help: 'back 30 s' },
  { action: 'farForward', keys: [']'], help: 'on 30 s' },
  { action: 'toStart', keys: ['home'], help: 'the first moment kept' },
  { action: 'toEnd', keys: ['end'], help: 'the latest, back to live' },
  { action: 'faster', keys: ['+', '='], label: 'speed', help: 'twice as fast', in: 'replay' },
  { action: 'slower', keys: ['-'], help: 'half as fast', in: 'replay' },
  {
    action: 'fault',
    keys: ['f'],
    label: 'fault',
    help: 'set a fault for 60 s',
    needsHands: true,
  },
  { action: 'heal', keys: ['h'], label: 'heal', help: 'clear what a hand has set', needsHands: true },
  { action: 'forceOpen', keys: ['o'], label: 'open', help: 'force the breaker open', needsHands: true },
  { action: 'forceClosed', keys: ['c'], label: 'closed', help: 'force the breaker closed', needsHands: true },
  { action: 'disable', keys: ['d'], help: 'let all pass, count nothing', needsHands: true },
  { action: 'auto', keys: ['a'], label: 'auto', help: 'as its policy says again', needsHands: true },
  { action: 'more', keys: ['+', '='], label: 'load', help: 'a quarter more load', in: 'live', needsHands: true },
  { action: 'less', keys: ['-'], help: 'a quarter less', in: 'live', needsHands: true },
  { action: 'suspend', keys: ['ctrl-z'], help: 'to the shell; fg comes back' },
] as const satisfies readonly (Omit<KeyRow, 'action'> & { readonly action: string })[];

export type Action = (typeof keyTable)[number]['action'];

export const keysOf = (kind: Transport['kind']): readonly KeyRow[] => {
  const rows: readonly KeyRow[] = keyTable;
  return rows.filter((row) => row.in === undefined || row.in === kind);
};

export const rowFor = (key: KeyName, kind: Transport['kind']): KeyRow | undefined =>
  keysOf(kind).find(({ keys }) => keys.includes(key));

const shownNames: Readonly<Record<string, string>> = {
  enter: 'Enter',
  esc: 'Esc',
  space: 'Space',
  tab: 'Tab',
  up: 'Up',
  down: 'Down',
  left: 'Left',
  right: 'Right',
  home: 'Home',
  end: 'End',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  'ctrl-c': 'Ctrl-C',
  'ctrl-z': 'Ctrl-Z',
};

export const shownKey = (key: KeyName): string => shownNames[key] ?? key;
