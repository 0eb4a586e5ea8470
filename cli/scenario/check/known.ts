// A known verdict names the expectations that decide it, and they must be there.
import { expectationNames } from '../expectation-names.ts';
import { unknownWord } from '../nearest.ts';
import { parseThreshold } from '../threshold.ts';
import type { Finding } from './finding.ts';
import type { View } from './view.ts';

export function* checkKnown({ known, expect }: View): Generator<Finding> {
  if (known === undefined) return;
  const path = ['known'];
  if (known.verdict === 'passed' && known.by.length > 0) {
    yield { path: [...path, 'by'], message: 'a run that passes is decided by all of its expectations; drop by' };
  }
  if (known.verdict === 'failed' && known.by.length === 0) {
    yield { path, message: 'a failure has a reason; name the expectations that fail: by: [orders.duration]' };
  }
  if (known.verdict !== 'failed' && known.verdict !== 'inconclusive') return;
  const thresholds = expect.thresholds.map(parseThreshold);
  // A threshold that cannot be read may be the one that is meant.
  if (thresholds.some(({ ok }) => !ok)) return;
  const names = expectationNames({
    thresholds: thresholds.flatMap((parsed) => (parsed.ok ? [parsed.threshold] : [])),
    links: Object.keys(expect.breakers),
    hasRecovery: expect.recovery !== undefined,
  });
  for (const [index, name] of known.by.entries()) {
    if (name !== '' && !names.includes(name)) {
      yield { path: [...path, 'by', index], message: unknownWord('expectation', name, names) };
    }
  }
}
