// B12, B13, B16: how the caller counts an attempt. A business answer is a success, slow is not failed until the timeout is
// over, and the timeout really ends every attempt, a probe's too.
import { moment, ms } from '../figures.ts';
import { earlyMs, lateMs } from '../stalls.ts';
import type { Call, Life, LinkHistory } from './history.ts';
import { type Property, type Violation, violation } from './violation.ts';

export function checkCounting({ lives, policy }: LinkHistory): readonly Violation[] {
  for (const life of lives) {
    for (const call of life.calls) {
      const wrong = call.admitted ? wrongWith(call, policy.timeoutMs, life) : null;
      if (wrong === null) continue;
      const [property, message] = wrong;
      return [violation(property, call.at, `${message} at ${moment(call.at)}`, [call])];
    }
  }
  return [];
}

// --- internal ---

function wrongWith(
  { outcome, failure, status, state, start, end }: Call,
  timeoutMs: number,
  { stoodStill }: Life,
): readonly [Property, string] | null {
  const lasted = end - start;
  if (status !== undefined && status < 500 && outcome === 'failure')
    return ['B12', `counted the answer ${status} as a failure`];
  if (status !== undefined && status >= 500 && status !== 503 && outcome === 'success') {
    return ['B12', `counted the answer ${status} as a success`];
  }
  if (failure === 'timeout' && lasted < timeoutMs - earlyMs) {
    return ['B13', `gave up after ${ms(lasted)}, before its timeout of ${ms(timeoutMs)}`];
  }
  // Its timer cannot fire while its event loop stands still.
  if (lasted > timeoutMs + lateMs && lasted > timeoutMs + lateMs + stoodStill(start + timeoutMs, end)) {
    return [state === 'halfOpen' ? 'B16' : 'B13', `went on for ${ms(lasted)}, past its timeout of ${ms(timeoutMs)}`];
  }
  return null;
}
