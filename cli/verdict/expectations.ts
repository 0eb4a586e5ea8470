// Every expectation of a scenario as one judgement, taken at face value: whether the evidence suffices is judged in judge.ts.
import type { RunRecord } from '../metrics/record.ts';
import type { Positions } from '../scenario/position.ts';
import type { Scenario } from '../scenario/schema.ts';
import { baselineThresholds } from '../scenario/steady-state.ts';
import { type Threshold, titleOf } from '../scenario/threshold.ts';
import { breakerItems } from './breaker-items.ts';
import { ms } from './figures.ts';
import { inconclusive } from './finding.ts';
import type { Item } from './item.ts';
import type { Judgement } from './judgement.ts';
import { checkRecovery } from './recovery.ts';
import { judgedSpan, type Span, sampleOf } from './sample.ts';
import { evaluate, expectedOf } from './threshold.ts';

export interface Case {
  readonly record: RunRecord;
  readonly scenario: Scenario;
  readonly positions: Positions;
}

export function expectations({ record, scenario, positions }: Case): readonly Judgement[] {
  const judged = judgedSpan(record) ?? { from: 0, to: 0 };
  const items = [
    ...scenario.expect.thresholds.map((threshold, index) => ofThreshold(record, threshold, index)),
    ...breakerItems(record, scenario, judged),
    ...ofRecovery(record, scenario, judged),
  ];
  return items.map(({ path, finding, ...rest }) => {
    const position = positions.get(path);
    return { ...rest, ...finding, ...(position === undefined ? {} : { position }) };
  });
}

// --- internal ---

function ofThreshold(record: RunRecord, threshold: Threshold, index: number): Item {
  const { during } = threshold;
  const spans = record.phases.filter(({ name, judged }) => judged && (during.length === 0 || during.includes(name)));
  const missing = during.find((name) => !spans.some((span) => span.name === name));
  return {
    id: `threshold/${index + 1}`,
    kind: 'threshold',
    title: titleOf(threshold),
    expected: expectedOf(threshold),
    path: `expect.thresholds[${index}]`,
    finding:
      missing === undefined
        ? evaluate(threshold, sampleOf(record, spans))
        : inconclusive('not seen', `the phase ${missing} did not take place`),
  };
}

function ofRecovery(record: RunRecord, { expect, phases }: Scenario, { to: until }: Span): readonly Item[] {
  const { recovery } = expect;
  if (recovery === undefined) return [];
  const firstPhase = phases[0]?.name ?? '';
  const baseline = baselineThresholds({ expect, phases });
  return [
    {
      id: 'recovery',
      kind: 'recovery',
      title: `recovered for ${ms(recovery.stableForMs)} on end`,
      expected: `<= ${ms(recovery.withinMs)}`,
      path: 'expect.recovery',
      finding: checkRecovery(record, { ...recovery, baseline, firstPhase, until }),
    },
  ];
}
