// What is judged of breakers: what the scenario promises of them and what their declared policies imply, line by line where
// the scenario names the link, and in one line where it does not.
import type { Policy } from '../../services/contract/policy.ts';
import type { RunRecord } from '../metrics/record.ts';
import { policiesOf } from '../scenario/policies.ts';
import type { BreakerContract, Scenario } from '../scenario/schema.ts';
import { checkCallsWhileOpen, checkOpensWithin, checkPath } from './breaker-contract.ts';
import { checkMaxOpens, checkProbeCount, checkStaysClosed, checkStaysOpenFor } from './breaker-limits.ts';
import { violationsOf } from './contract/check.ts';
import { historyOf } from './contract/history.ts';
import type { Violation } from './contract/violation.ts';
import { checkFailFast } from './fail-fast.ts';
import { counted, ms } from './figures.ts';
import { type Finding, found } from './finding.ts';
import type { Item } from './item.ts';
import { checkPolicy } from './policy-checks.ts';
import type { Span } from './sample.ts';

export function breakerItems(record: RunRecord, scenario: Scenario, judged: Span): readonly Item[] {
  const { breakers } = scenario.expect;
  const policies = policiesOf(scenario);
  const named = Object.entries(breakers).flatMap(([link, contract]) => {
    const policy = policies[link];
    const promised = ofContract(record, link, { ...contract, judged });
    return policy === undefined || contract.contract === 'off'
      ? promised
      : [...promised, ...lineByLine(record, link, policy)];
  });
  const others = Object.entries(policies).filter(([link, { breaker }]) => breaker !== null && !(link in breakers));
  return others.length === 0 ? named : [...named, inOneLine(record, others)];
}

// --- internal ---

function ofContract(record: RunRecord, link: string, contract: BreakerContract & { judged: Span }): readonly Item[] {
  const { path, opensWithinMs, callsWhileOpen, staysOpenForMs, probes, maxOpens, staysClosed, failFast, judged } =
    contract;
  const item = (key: string, title: string, expected: string, finding: Finding): Item => ({
    id: `breaker/${link}/${key}`,
    kind: 'breaker',
    title: `${link} ${title}`,
    expected,
    finding,
    path: `expect.breakers.${link}.${key}`,
  });
  const when = <T>(value: T | undefined, make: (value: T) => Item): readonly Item[] =>
    value === undefined ? [] : [make(value)];
  return [
    ...when(path, (states) =>
      item('path', 'path', states.join(' > '), checkPath(record, link, { path: states, judged })),
    ),
    ...when(opensWithinMs, (limit) =>
      item('opensWithin', 'opens after the fault', `<= ${ms(limit)}`, checkOpensWithin(record, link, limit)),
    ),
    ...when(callsWhileOpen, (limit) =>
      item('callsWhileOpen', 'calls while open', `<= ${limit}`, checkCallsWhileOpen(record, link, { limit, judged })),
    ),
    ...when(staysOpenForMs, (length) =>
      item('staysOpenFor', 'stays open as promised', ms(length), checkStaysOpenFor(record, link, length)),
    ),
    ...when(probes, (limit) =>
      item('probes', 'probes in all', `<= ${limit}`, checkProbeCount(record, link, { limit, judged })),
    ),
    ...when(maxOpens, (limit) =>
      item('maxOpens', 'opens', `<= ${limit}`, checkMaxOpens(record, link, { limit, judged })),
    ),
    ...when(staysClosed, () => item('staysClosed', 'stays closed', 'closed', checkStaysClosed(record, link, judged))),
    ...when(failFast, (limit) =>
      item('failFast', 'refuses fast', limit.text, checkFailFast(record, link, { failFast: limit, judged })),
    ),
  ];
}

function lineByLine(record: RunRecord, link: string, policy: Policy): readonly Item[] {
  const { breaker } = policy;
  const line = { kind: 'breaker', path: `expect.breakers.${link}` } as const;
  const checks = breaker === null ? [] : checkPolicy(record, link, breaker);
  return [
    ...checks.map(({ key, title, ...rest }) => ({
      ...line,
      id: `breaker/${link}/${key}`,
      title: `${link} ${title}`,
      ...rest,
    })),
    {
      ...line,
      id: `breaker/${link}/contract`,
      title: `${link} does nothing that no breaker may`,
      expected: 'no violation',
      finding: ofViolations(violationsOf(historyOf(record, link, policy))) ?? found(true, told(record, link)),
    },
  ];
}

/** For all links that the scenario does not mention: the first thing that is wrong. */
function inOneLine(record: RunRecord, others: readonly (readonly [string, Policy])[]): Item {
  const findings = others.flatMap(([link, policy]) =>
    lineByLine(record, link, policy)
      .filter(({ finding }) => finding.standing !== 'passed')
      .map(({ title, finding }) => ({ ...finding, observed: `${title}: ${finding.observed}` })),
  );
  const wrong = findings.find(({ standing }) => standing === 'failed') ?? findings[0];
  const links = others.map(([link]) => link);
  return {
    id: 'contract',
    kind: 'contract',
    title: 'all other breakers keep to their declared policies',
    expected: 'as declared',
    finding: wrong ?? found(true, `${counted(links.length, 'breaker')}, ${told(record, ...links)}`),
    path: 'expect.breakers',
  };
}

/** null: none. */
function ofViolations(violations: readonly Violation[]): Finding | null {
  const [first, ...more] = violations;
  if (first === undefined) return null;
  const others = more.length === 0 ? '' : `, and ${counted(more.length, 'more violation')}`;
  return { ...found(false, `${first.property}: ${first.message}${others}`), events: first.events };
}

function told({ calls, breakers }: RunRecord, ...links: readonly string[]): string {
  const of = (events: ReadonlyMap<string, readonly unknown[]>): number =>
    links.reduce((sum, link) => sum + (events.get(link)?.length ?? 0), 0);
  return `${counted(of(calls), 'call')}, ${counted(of(breakers), 'transition')}`;
}
