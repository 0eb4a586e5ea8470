// Every expectation of a scenario as one judgement, taken at face value: whether the evidence suffices is judged in judge.ts.
import type { RunRecord } from '../metrics/record.ts';
import { policiesOf } from '../scenario/policies.ts';
import type { Positions } from '../scenario/position.ts';
import type { BreakerContract, Scenario } from '../scenario/schema.ts';
import { type Threshold, titleOf } from '../scenario/threshold.ts';
import { checkCallsWhileOpen, checkOpensWithin, checkPath } from './breaker-contract.ts';
import { ms } from './figures.ts';
import { type Finding, inconclusive } from './finding.ts';
import type { Judgement } from './judgement.ts';
import { checkPolicy } from './policy-checks.ts';
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
    ...Object.entries(scenario.expect.breakers).flatMap(([link, contract]) => [
      ...ofContract(record, link, { ...contract, judged }),
      ...ofPolicy(record, link, scenario),
    ]),
    ...ofRecovery(record, scenario, judged),
  ];
  return items.map(({ path, finding, ...rest }) => {
    const position = positions.get(path);
    return { ...rest, ...finding, ...(position === undefined ? {} : { position }) };
  });
}

// --- internal ---

interface Item extends Pick<Judgement, 'id' | 'kind' | 'title' | 'expected'> {
  readonly path: string;
  readonly finding: Finding;
}

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

function ofContract(record: RunRecord, link: string, contract: BreakerContract & { judged: Span }): readonly Item[] {
  const { path, opensWithinMs, callsWhileOpen, judged } = contract;
  const item = (key: string, title: string, rest: Pick<Item, 'expected' | 'finding'>): Item => ({
    id: `breaker/${link}/${key}`,
    kind: 'breaker',
    title: `${link} ${title}`,
    path: `expect.breakers.${link}.${key}`,
    ...rest,
  });
  const items: Item[] = [];
  if (path !== undefined) {
    items.push(
      item('path', 'path', { expected: path.join(' > '), finding: checkPath(record, link, { path, judged }) }),
    );
  }
  if (opensWithinMs !== undefined) {
    const finding = checkOpensWithin(record, link, opensWithinMs);
    items.push(item('opensWithin', 'opens after the fault', { expected: `<= ${ms(opensWithinMs)}`, finding }));
  }
  if (callsWhileOpen !== undefined) {
    const finding = checkCallsWhileOpen(record, link, { limit: callsWhileOpen, judged });
    items.push(item('callsWhileOpen', 'calls while open', { expected: `<= ${callsWhileOpen}`, finding }));
  }
  return items;
}

function ofPolicy(record: RunRecord, link: string, scenario: Scenario): readonly Item[] {
  const policy = policiesOf(scenario)[link]?.breaker;
  if (policy === undefined || policy === null) return [];
  return checkPolicy(record, link, policy).map(({ key, title, ...rest }) => ({
    id: `breaker/${link}/${key}`,
    kind: 'breaker',
    title: `${link} ${title}`,
    path: `expect.breakers.${link}`,
    ...rest,
  }));
}

function ofRecovery(record: RunRecord, { expect, phases }: Scenario, { to: until }: Span): readonly Item[] {
  const { recovery, thresholds } = expect;
  if (recovery === undefined) return [];
  const firstPhase = phases[0]?.name ?? '';
  const baseline = thresholds.filter(({ during }) => during.length === 0 || during.includes(firstPhase));
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
