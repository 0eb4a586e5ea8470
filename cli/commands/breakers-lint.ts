// `smartorders breakers lint`: policies that cannot do what they are for, of the fleet or of scenarios.
import { links } from '../../services/fleet.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { lintPolicies, type Warning } from '../scenario/lint-policies.ts';
import { isOpen } from '../scenario/load.ts';
import { policiesOf } from '../scenario/policies.ts';
import type { Scenario } from '../scenario/schema.ts';
import type { Terminal } from '../terminal.ts';
import { type Selection, selectScenarios } from './select-scenarios.ts';

export interface BreakersLintOptions extends Selection {
  /** Calls a second, for the fleet's own policies. */
  readonly rate: number;
  readonly json?: boolean;
}

interface Linted {
  /** A scenario, or the fleet itself. */
  readonly of: string;
  readonly warnings: readonly Warning[];
}

/** Exit code 1 when there is a warning. */
export function lintBreakers(words: readonly string[], options: BreakersLintOptions, terminal: Terminal): ExitCode {
  const isFleet = words.length === 0 && options.all !== true && (options.tag ?? []).length === 0;
  const selected = isFleet ? [] : selectScenarios(words, options, terminal);
  if (selected === null) return exitCodes.usage;
  const declared = Object.fromEntries(links.map(({ id, policy }) => [id, policy]));
  const linted: readonly Linted[] = isFleet
    ? [{ of: 'the fleet', warnings: lintPolicies({ policies: declared, perSecond: options.rate }) }]
    : selected.map(({ scenario }) => ({
        of: scenario.name,
        warnings: lintPolicies({ policies: policiesOf(scenario), perSecond: leastRate(scenario) }),
      }));
  if (options.json === true) terminal.out(JSON.stringify(linted, null, 2));
  else for (const line of linted.flatMap((each) => linesOf(each, terminal))) terminal.out(line);
  return linted.every(({ warnings }) => warnings.length === 0) ? exitCodes.passed : exitCodes.failed;
}

// --- internal ---

/** What comes at least: of a ramp its lowest rate; of a closed load nobody can say. */
function leastRate({ load }: Scenario): number {
  const rates = Object.values(load).flatMap((each) => {
    if (!isOpen(each)) return [];
    return each.executor === 'constant-arrival-rate'
      ? [each.perSecond]
      : [Math.min(each.startPerSecond, ...each.stages.map(({ perSecond }) => perSecond))];
  });
  return Math.max(1, ...rates);
}

function linesOf({ of, warnings }: Linted, { paint }: Terminal): readonly string[] {
  if (warnings.length === 0) return [`${paint.ok('✔')} ${of}: every breaker can do what it is for`];
  return warnings.flatMap(({ link, rule, message, hint }) => [
    `${paint.warn('!')} ${of}: ${link} ${paint.bold(rule)}`,
    `    ${message}`,
    paint.dim(`    what to do: ${hint}`),
  ]);
}
