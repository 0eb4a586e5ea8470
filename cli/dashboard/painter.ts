// Rows of text onto a terminal: of each frame the rows that changed, all at once. Ink would take the whole frame apart cell by
// cell, ten times a second: three quarters of all that the dashboard computed.

export interface Painter {
  /** All rows of the screen, each as wide as it is. */
  readonly draw: (rows: readonly string[]) => void;
  /** Somebody else wrote to the screen, or its size changed: the next frame is drawn whole. */
  readonly forget: () => void;
  /** Draws nothing, since the terminal is somebody else's, until what this returns is called. */
  readonly pause: () => () => void;
}

/** Terminals that know it show what lies between at once (synchronized output); others ignore it. */
const [begin, end] = ['\u001b[?2026h', '\u001b[?2026l'];
/** Ink, too, writes where the cursor stands, a line break at most: in the upper corner that moves nothing. */
const home = '\u001b[H';
const rowAt = (index: number): string => `\u001b[${index + 1};1H`;

export function createPainter(write: (text: string) => void): Painter {
  let drawn: readonly string[] = [];
  let isPaused = false;
  const forget = (): void => {
    drawn = [];
  };
  return {
    forget,
    draw: (rows) => {
      if (isPaused) return;
      const changed = rows.map((row, index) => (row === drawn[index] ? '' : rowAt(index) + row)).join('');
      drawn = rows;
      if (changed !== '') write(begin + changed + home + end);
    },
    pause: () => {
      isPaused = true;
      return () => {
        isPaused = false;
        forget();
      };
    },
  };
}
