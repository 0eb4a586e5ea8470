// Declared policies that cannot do what they are for, with the arithmetic that says so. No run is needed to know.

import type { BreakerPolicy, Policy } from '../../services/contract/policy.ts';
import { type LinkId, links } from '../../services/fleet.ts';
import { formatDuration } from './duration.ts';

export interface Warning {
  readonly link: string;
  readonly rule: 'never-opens' | 'flaps' | 'wedges' | 'gives-up-first' | 'retries-multiply';
  /** What is wrong and why, in numbers. */
  readonly message: string;
  /** What to do. */
  readonly hint: string;
}

export interface LintOptions {
  readonly policies: Readonly<Record<string, Policy>>;
  /** Calls a second that each link is going to carry. */
  readonly perSecond: number;
  /** Tries per call that a link makes; absent: one, as long as there are no retries. */
  readonly attempts?: Readonly<Record<string, number>>;
}

export function lintPolicies({ policies, perSecond, attempts = {} }: LintOptions): readonly Warning[] {
  return links.flatMap(({ id }) => {
    const policy = policies[id];
    if (policy === undefined) return [];
    const { breaker } = policy;
    const own = breaker === null ? [] : [neverOpens, flaps].flatMap((rule) => rule(id, breaker, perSecond));
    return [...own, ...wedges(id, policy), ...givesUpFirst(id, policies), ...retriesMultiply(id, attempts)];
  });
}

// --- internal ---

type Rule = (link: LinkId, breaker: BreakerPolicy, perSecond: number) => readonly Warning[];

/** A rate rule whose window never holds as many calls as it asks for. */
const neverOpens: Rule = (link, breaker, perSecond) => {
  if (breaker.rule !== 'rate') return [];
  const { windowMs, minimum } = breaker;
  const most = Math.floor((perSecond * windowMs) / 1_000);
  if (most >= minimum) return [];
  return [
    {
      link,
      rule: 'never-opens',
      message: `${perSecond}/s x ${formatDuration(windowMs)} = ${most} calls in the window, fewer than the minimum of ${minimum}: it never opens`,
      hint: `a minimum of ${Math.max(1, Math.floor(most / 2))}, or a window of ${formatDuration(Math.ceil((2 * minimum) / perSecond) * 1_000)}`,
    },
  ];
};

/** What a healthy dependency fails anyway. */
const background = 0.01;
/** Open for more than this share of the time although the dependency is healthy. */
const tooOften = 0.1;

/** A breaker that background noise opens again and again. */
const flaps: Rule = (link, breaker, perSecond) => {
  const calls = callsToOpen(breaker);
  const everyMs = (calls * 1_000) / perSecond;
  if (everyMs * tooOften > breaker.openForMs) return [];
  return [
    {
      link,
      rule: 'flaps',
      message: `a dependency that fails 1 % of its calls opens it every ${Math.ceil(calls)} calls on average, at ${perSecond}/s every ${roughly(everyMs)}, for ${formatDuration(breaker.openForMs)} each`,
      hint:
        breaker.rule === 'consecutive' ? 'ask for more failures in a row' : 'ask for a higher percentage of more calls',
    },
  ];
};

/**
 * Mean number of calls until it opens when each fails with probability p, independently of the others. N in a row:
 * (1 - p^N) / ((1 - p) p^N) (mean waiting time for a run, Feller XIII.7). Of a window: the chance that its last `minimum`
 * calls hold enough failures, taken anew every `minimum` calls, which is an estimate from above.
 */
function callsToOpen(breaker: BreakerPolicy): number {
  const p = background;
  if (breaker.rule === 'consecutive') {
    const run = p ** breaker.failureThreshold;
    return (1 - run) / ((1 - p) * run);
  }
  const { minimum, percent } = breaker;
  const needed = Math.ceil((minimum * percent) / 100);
  return minimum / atLeast(needed, minimum, p);
}

/** P(X >= k) of a binomial distribution. */
function atLeast(k: number, n: number, p: number): number {
  let [term, sum] = [(1 - p) ** n, 0];
  for (let i = 0; i <= n; i += 1) {
    if (i >= k) sum += term;
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
  }
  return Math.max(sum, Number.MIN_VALUE);
}

function wedges(link: LinkId, { timeoutMs, breaker }: Policy): readonly Warning[] {
  if (breaker === null || timeoutMs < breaker.openForMs) return [];
  const [timeout, openFor] = [formatDuration(timeoutMs), formatDuration(breaker.openForMs)];
  return [
    {
      link,
      rule: 'wedges',
      message: `timeout ${timeout} >= openFor ${openFor}: a call from before the opening can end in the half-open state and decide it`,
      hint: `a timeout well under ${openFor}, or a longer openFor`,
    },
  ];
}

/** A caller that gives up while its callee may still succeed wastes the work, and calls its callee broken. */
function givesUpFirst(link: LinkId, policies: LintOptions['policies']): readonly Warning[] {
  const callee = links.find(({ id }) => id === link)?.callee;
  // A database answers in ms or is broken: nobody plans for its timeout.
  const behind = links.filter(
    (each) => each.caller === callee && each.callee !== 'db' && policies[each.id] !== undefined,
  );
  const timeoutMs = policies[link]?.timeoutMs ?? 0;
  const worst = behind.reduce((sum, { id }) => sum + (policies[id]?.timeoutMs ?? 0), 0);
  if (behind.length === 0 || timeoutMs >= worst) return [];
  const terms = behind.map(({ id }) => `${formatDuration(policies[id]?.timeoutMs ?? 0)} (${id})`).join(' + ');
  return [
    {
      link,
      rule: 'gives-up-first',
      message: `${callee} may take ${terms} = ${formatDuration(worst)} and still answer, and ${link} gives up after ${formatDuration(timeoutMs)}`,
      hint: `a timeout of ${formatDuration(worst)}, or shorter ones behind it`,
    },
  ];
}

function retriesMultiply(link: LinkId, attempts: Readonly<Record<string, number>>): readonly Warning[] {
  const own = attempts[link] ?? 1;
  const callee = links.find(({ id }) => id === link)?.callee;
  const below = links.filter(({ caller, id }) => caller === callee && (attempts[id] ?? 1) > 1);
  if (own === 1) return [];
  return below.map(({ id }) => ({
    link,
    rule: 'retries-multiply',
    message: `${own} tries of ${link} x ${attempts[id]} tries of ${id} = ${own * (attempts[id] ?? 1)} calls of one request`,
    hint: 'retry at one of the two only',
  }));
}

const roughly = (ms: number): string =>
  ms < 60_000 ? `${Number((ms / 1_000).toPrecision(2))} s` : `${Number((ms / 60_000).toPrecision(2))} min`;
