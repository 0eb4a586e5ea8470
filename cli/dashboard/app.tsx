// The dashboard as Ink sees it: one text per row of the screen, and the keys. For those who hear it, sentences instead.
import { Box, Text, useApp, useInput } from 'ink';
import { type ReactNode, useEffect, useLayoutEffect, useSyncExternalStore } from 'react';
import { keyNames } from './key-name.ts';
import type { Transport } from './moment.ts';
import { ansiOf } from './screen/ansi.ts';
import type { Glyphs } from './screen/glyphs.ts';
import { screenLines } from './screen/screen.ts';
import { sentences } from './screen/sentences.ts';
import { textOf } from './screen/text.ts';
import type { Store } from './store.ts';

/** Hands the terminal to somebody else for as long as the callback takes. */
export type LendTerminal = (callback: () => Promise<void>) => Promise<void>;

export interface AppProps {
  readonly store: Store;
  readonly kind: Transport['kind'];
  /** Why the keys that act do not; null: they do. */
  readonly handsOff: string | null;
  readonly columns: number;
  readonly rows: number;
  readonly glyphs: Glyphs;
  readonly colour: boolean;
  readonly isHeard: boolean;
  /** Of a screen that is seen: all of its rows, whenever something may have changed. */
  readonly draw: (rows: readonly string[]) => void;
  /** Called once it is there. */
  readonly onReady?: (lend: LendTerminal) => void;
}

export function App(props: AppProps): ReactNode {
  const { store, isHeard, colour, draw, onReady } = props;
  const { suspendTerminal } = useApp();
  const snapshot = useSyncExternalStore(store.subscribe, store.snapshot);
  useEffect(() => onReady?.((callback) => suspendTerminal(callback)), [onReady, suspendTerminal]);
  useInput((input, key) => {
    for (const name of keyNames(input, key)) store.press(name);
  });
  const lines = screenLines({ ...props, ...snapshot });
  useLayoutEffect(() => {
    if (!isHeard) draw(lines.map((line) => ansiOf(line, colour)));
  });
  if (!isHeard) return null;
  // Help, details and the menu are told as they stand on the screen; the rest in sentences.
  const isMain = snapshot.ui.screen === 'main' && snapshot.ui.menu === null;
  const told = isMain ? sentences(snapshot.moment) : lines.map((line) => textOf(line).trim());
  const said = snapshot.ui.message === null ? [] : [snapshot.ui.message.text];
  return <Sentences lines={[...new Set([...said, ...told])]} />;
}

function Sentences({ lines }: { readonly lines: readonly string[] }): ReactNode {
  return (
    <Box flexDirection="column" aria-role="list">
      {lines.map((line) => (
        <Box key={line} aria-role="listitem">
          <Text>{line}</Text>
        </Box>
      ))}
    </Box>
  );
}
