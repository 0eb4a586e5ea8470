// Changes for the worse that a comparison of runs must see: planted in a copy of the source, and then really run.
import { fileURLToPath } from 'node:url';
import { readMutants } from '../mutants/mutant.ts';
import type { Mutation } from '../mutants/mutate.ts';

export interface Change extends Mutation {
  readonly file: string;
}

const [opensLater] = readMutants(fileURLToPath(new URL('../mutants', import.meta.url)), [
  'breaker-opens-at-the-fourth',
]);
if (opensLater === undefined) throw new Error('the planted fault of a breaker that opens later is gone');

const beforeTheAnswer = "if (result.kind !== 'answer') throw cutOff(link.id, result);";

export const changes: Readonly<Record<string, Change>> = {
  /** The gateway keeps every answer back for 30 % of the time that it took. */
  slower: {
    file: 'services/gateway/forward.ts',
    find: beforeTheAnswer,
    replace: `await new Promise((answer) => setTimeout(answer, 0.3 * reply.elapsedTime));\n    ${beforeTheAnswer}`,
  },
  /** Breakers open one failure later than they say. */
  later: opensLater,
};
