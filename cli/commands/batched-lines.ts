// Lines to a file: what is urgent at once, with everything that waits before it; the rest soon, and many together.
export interface BatchedLines {
  append(line: string, isUrgent: boolean): void;
  flush(): void;
}

const longestWaitMs = 40;
const mostWaiting = 1 << 16;

/** The order stays. Whoever is done with it flushes. */
export function batchedLines(write: (text: string) => void): BatchedLines {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    const text = waiting;
    waiting = '';
    if (text !== '') write(text);
  }

  return {
    flush,
    append: (line, isUrgent) => {
      waiting += line;
      if (isUrgent || waiting.length >= mostWaiting) flush();
      else timer ??= setTimeout(flush, longestWaitMs);
    },
  };
}
