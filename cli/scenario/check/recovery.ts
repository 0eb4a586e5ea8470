// Recovery needs something to recover from, and something that says what "well" is.
import { parseThreshold } from '../threshold.ts';
import type { Finding } from './finding.ts';
import type { View } from './view.ts';

export function* checkRecovery(view: View): Generator<Finding> {
  if (view.expect.recovery === undefined) return;
  const path = ['expect', 'recovery'];
  if (view.phases.every(({ faults }) => faults.length === 0))
    yield { path, message: 'there is no fault to recover from; recovery is measured from the end of the last one' };
  const first = view.phases[0]?.name ?? '';
  if (first !== '' && !view.expect.thresholds.some((text) => mayCover(text, first, view))) {
    yield {
      path,
      message: `nothing to hold: no threshold covers ${first}; add one, such as orders.success >= 99% during ${first}`,
    };
  }
}

/** What is itself wrong may have been meant to. */
function mayCover(text: string, phase: string, { phases }: View): boolean {
  const parsed = parseThreshold(text);
  if (!parsed.ok) return true;
  const { during } = parsed.threshold;
  return (
    during.length === 0 || during.includes(phase) || during.some((name) => !phases.some((known) => known.name === name))
  );
}
