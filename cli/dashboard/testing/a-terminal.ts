// A terminal for tests: what is written to it is kept, keys are typed on it, and it can be asked for its mode.
import { EventEmitter } from 'node:events';

export interface TestTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  /** All that was written since the start, or since it was forgotten; ESC as `^`. */
  readonly written: () => string;
  readonly forget: () => void;
  readonly type: (keys: string) => void;
  readonly resize: (columns: number, rows: number) => void;
  readonly isRaw: () => boolean;
}

export function aTerminal(columns = 80, rows = 24): TestTerminal {
  let [text, typed, isRaw]: [string, string | null, boolean] = ['', null, false];
  const none = (): void => {};
  const common = { isTTY: true, ref: none, unref: none };
  // Of a terminal's hundred methods those that are used: `Object.create` promises no type.
  const stdout: NodeJS.WriteStream = Object.assign(Object.create(EventEmitter.prototype), {
    ...{ ...common, columns, rows, writable: true },
    write: (piece: string, done: unknown) => {
      text += piece;
      if (typeof done === 'function') done();
      return true;
    },
  });
  const stdin: NodeJS.ReadStream = Object.assign(Object.create(EventEmitter.prototype), {
    ...{ ...common, setEncoding: none, pause: none, resume: none },
    setRawMode: (mode: boolean) => {
      isRaw = mode;
    },
    read: () => {
      const keys = typed;
      typed = null;
      return keys;
    },
  });
  return {
    ...{ stdin, stdout },
    written: () => text.replaceAll('\u001b', '^'),
    forget: () => {
      text = '';
    },
    type: (keys) => {
      typed = keys;
      stdin.emit('readable');
    },
    resize: (width, height) => {
      Object.assign(stdout, { columns: width, rows: height });
      stdout.emit('resize');
    },
    isRaw: () => isRaw,
  };
}
