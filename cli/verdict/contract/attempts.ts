// B17: retries stay in their budget, and an open breaker is not asked again within its wait.
import { counted, moment } from '../figures.ts';
import type { Call, LinkHistory } from './history.ts';
import { type Violation, violation } from './violation.ts';

export interface RetryBudget {
  /** Attempts of one operation for one order, the first included. */
  readonly mostAttempts: number;
  /** All attempts may be at most (1 + this) times the operations. */
  readonly share: number;
}

export function checkAttempts({ lives }: LinkHistory, { mostAttempts, share }: RetryBudget): readonly Violation[] {
  const calls = lives.flatMap((life) => life.calls).filter(({ key }) => key !== undefined);
  const operations = [...Map.groupBy(calls, ({ key, operation }) => `${key} ${operation}`).values()];
  for (const attempts of operations) {
    const wrong = wrongWith(attempts, mostAttempts);
    if (wrong !== null) return [violation('B17', attempts.at(-1)?.at ?? 0, wrong, attempts)];
  }
  const [last] = calls.slice(-1);
  if (last === undefined || calls.length <= operations.length * (1 + share)) return [];
  const message = `${counted(calls.length, 'attempt')} for ${counted(operations.length, 'operation')}, more than the budget of ${share * 100} % allows`;
  return [violation('B17', last.at, message, calls)];
}

// --- internal ---

function wrongWith(attempts: readonly Call[], most: number): string | null {
  const [first] = attempts;
  const what = first === undefined ? '' : `${first.operation} for ${first.key}`;
  if (attempts.length > most) return `${counted(attempts.length, 'attempt')} of ${what}, more than ${most}`;
  const refused = attempts.findIndex(({ admitted }) => !admitted);
  const again = refused < 0 ? undefined : attempts[refused + 1];
  return again === undefined
    ? null
    : `${what} was tried again at ${moment(again.start)}, after its breaker had refused it`;
}
