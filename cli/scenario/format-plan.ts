// The plan as `scenario run --dry-run` prints it.
import { describeFault } from './describe-fault.ts';
import { describeLoad } from './describe-load.ts';
import { formatDuration } from './duration.ts';
import type { Step } from './plan.ts';
import type { Scenario } from './schema.ts';

export function formatPlan(steps: readonly Step[], scenario: Scenario): string {
  const lines = steps.map((step) => `${formatDuration(step.at).padStart(8)}  ${told(step, scenario)}`);
  const stops = scenario.stopConditions.map(({ text }) => `stopped and undone when ${text}`);
  return [`${scenario.name}: ${scenario.title}`, `seed ${scenario.seed}`, ...stops, '', ...lines].join('\n');
}

function told(step: Step, { load }: Scenario): string {
  switch (step.do) {
    case 'start-phase':
      return `phase ${step.phase} starts${step.judged ? '' : ' (not judged)'}`;
    case 'end-phase':
      return `phase ${step.phase} ends`;
    case 'start-load': {
      const spec = load[step.load];
      return `load ${step.load} starts${spec === undefined ? '' : `: ${describeLoad(spec)}`}`;
    }
    case 'stop-load':
      return `load ${step.load} stops`;
    case 'check-steady-state':
      return `nothing is broken unless ${step.thresholds.join(' and ')}`;
    case 'set-fault': {
      const { target, dose } = describeFault(step.spec);
      return `fault ${step.fault}: ${dose} on ${target}, at most ${formatDuration(step.ttlMs)}`;
    }
    case 'clear-fault':
      return `fault ${step.fault} cleared`;
    case 'end':
      return 'end';
    default:
      return step satisfies never;
  }
}
