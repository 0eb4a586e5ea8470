// Every promise that a breaker's declared policy makes, checked: its rule, its wait and its one probe.
import type { BreakerPolicy } from '../../services/contract/policy.ts';
import type { RunRecord } from '../metrics/record.ts';
import { checkOpenFor, checkProbes } from './breaker-policy.ts';
import { checkRate } from './breaker-rate.ts';
import { checkStreak } from './breaker-streak.ts';
import { counted, ms, percent } from './figures.ts';
import type { Finding } from './finding.ts';

interface PolicyCheck {
  readonly key: string;
  readonly title: string;
  readonly expected: string;
  readonly finding: Finding;
}

export const checkPolicy = (record: RunRecord, link: string, policy: BreakerPolicy): readonly PolicyCheck[] => [
  checkRule(record, link, policy),
  {
    key: 'openFor',
    title: `stays open for ${ms(policy.openForMs)}`,
    expected: ms(policy.openForMs),
    finding: checkOpenFor(record, link, policy),
  },
  {
    key: 'probe',
    title: 'sends one probe when half-open',
    expected: '1 probe, which decides',
    finding: checkProbes(record, link),
  },
];

// --- internal ---

function checkRule(record: RunRecord, link: string, policy: BreakerPolicy): PolicyCheck {
  switch (policy.rule) {
    case 'consecutive': {
      const failures = `${counted(policy.failureThreshold, 'failure')} in a row`;
      const finding = checkStreak(record, link, policy);
      return { key: 'failureThreshold', title: `opens after exactly ${failures}`, expected: failures, finding };
    }
    case 'rate': {
      const share = percent(policy.percent / 100);
      return {
        key: 'rate',
        title: `opens at ${share} of at least ${counted(policy.minimum, 'call')} in ${ms(policy.windowMs)}`,
        expected: `>= ${share} of >= ${counted(policy.minimum, 'call')}`,
        finding: checkRate(record, link, policy),
      };
    }
    default:
      return policy satisfies never;
  }
}
