// Asks on a terminal. Where there is none, or nobody wants to be asked, every question has its default as answer.
import { createInterface } from 'node:readline/promises';
import { interrupted } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';

export interface Questions extends Disposable {
  /** An empty answer is the default. Ends the command (130) when the terminal is closed or Ctrl-C is pressed. */
  readonly ask: (question: string, preset: string) => Promise<string>;
  /** False: nobody is there to correct a wrong answer. */
  readonly canAskAgain: boolean;
}

export const noQuestions: Questions = {
  ask: async (_, preset) => preset,
  canAskAgain: false,
  [Symbol.dispose]: () => {},
};

export function questionsOn({ size, paint }: Terminal): Questions {
  if (size === undefined || process.stdin.isTTY !== true) return noQuestions;
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const gone = new AbortController();
  // Without it Ctrl-D leaves a question that nobody can answer any more.
  lines.once('close', () => gone.abort());
  return {
    canAskAgain: true,
    ask: async (question, preset) => {
      try {
        const answer = await lines.question(`${question} ${paint.dim(`[${preset}]`)} `, { signal: gone.signal });
        return answer.trim() === '' ? preset : answer.trim();
      } catch (error) {
        throw gone.signal.aborted ? interrupted('SIGINT') : error;
      }
    },
    [Symbol.dispose]: () => lines.close(),
  };
}
