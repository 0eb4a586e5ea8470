// Each link: the policy that was in force, what went over it, and whether its breaker kept to both.
import type { Policy } from '../../../services/contract/policy.ts';
import { counted, ms, percent } from '../../verdict/figures.ts';
import type { Judgement } from '../../verdict/judgement.ts';
import type { LinkResult, RunResult } from '../../verdict/run-result.ts';
import { expectationsOf } from '../parts.ts';
import { type Content, html, type Markup } from './markup.ts';
import { reasonOf, standing } from './standing.ts';
import { columns, figures, none, section, table } from './table.ts';

export function links(result: RunResult): Markup {
  if (result.links.length === 0) return section('Links', none('not recorded'));
  const rows = result.links.map((link) => rowOf(link, result));
  const titles = [
    ...columns('Link', 'Policy'),
    ...figures('Calls', 'Failed', 'Refused', 'p50', 'p99', 'Opened'),
    ...columns('Contract'),
  ];
  return section('Links', table({ caption: 'Policy, calls and contract of each link', columns: titles, rows }));
}

/** `timeout 1 s, opens at 3 failures in a row, for 2 s`. */
export function policyText({ timeoutMs, breaker }: Policy): string {
  const timeout = `timeout ${ms(timeoutMs)}`;
  if (breaker === null) return `${timeout}, no breaker`;
  const openFor = `for ${ms(breaker.openForMs)}`;
  switch (breaker.rule) {
    case 'consecutive':
      return `${timeout}, opens at ${counted(breaker.failureThreshold, 'failure')} in a row, ${openFor}`;
    case 'rate':
      return `${timeout}, opens at ${percent(breaker.percent / 100)} of at least ${counted(breaker.minimum, 'call')} in ${ms(breaker.windowMs)}, ${openFor}`;
    default:
      return breaker satisfies never;
  }
}

// --- internal ---

function rowOf({ link, policy, calls, duration }: LinkResult, result: RunResult): readonly Content[] {
  const opened = result.transitions.filter((move) => move.link === link && move.to === 'open').length;
  const all = Object.values(calls).reduce((sum, count) => sum + count, 0);
  return [
    html`<span class="name">${link}</span>`,
    html`<div class="policy">${policyText(policy)}</div>`,
    all,
    calls.failure,
    policy.breaker === null ? '–' : calls.rejected,
    ...[duration.p50, duration.p99].map((value) => (duration.n === 0 ? '–' : ms(value))),
    policy.breaker === null ? '–' : opened,
    contractOf(link, policy, expectationsOf(result)),
  ];
}

function contractOf(link: string, { breaker }: Policy, lines: readonly Judgement[]): Content {
  if (breaker === null) return html`<span class="aside">no breaker</span>`;
  const own = lines.filter(({ id }) => id.startsWith(`breaker/${link}/`));
  const shared = lines.find(({ kind }) => kind === 'contract');
  const [first] = own;
  if (first === undefined)
    return shared === undefined
      ? html`<span class="aside">not judged</span>`
      : html`${standing(shared.standing)} <span class="aside">with the others</span>`;
  const worst =
    own.find((line) => line.standing === 'failed') ?? own.find((line) => line.standing !== 'passed') ?? first;
  const held = own.filter((line) => line.standing === 'passed').length;
  return html`<details><summary>${standing(worst.standing)} <span class="aside">${held} of ${own.length} hold</span></summary><ul class="checks">${own.map(
    (line) => html`<li>${standing(line.standing)} ${line.title}: ${line.observed}${reasonOf(line)}</li>`,
  )}</ul></details>`;
}
