// Phases and faults: what is planned, what is on, what is gone, and what became of the orders of each phase.
import type { EventOf } from '../../../services/contract/events.ts';
import { belongsAt } from '../../metrics/belongs-at.ts';
import { isOrder } from '../../metrics/phase-metrics.ts';
import { describeFault } from '../../scenario/describe-fault.ts';
import { warmupPhase } from '../../scenario/plan.ts';
import type { Scenario } from '../../scenario/schema.ts';
import { faultStretches, phaseStretches } from '../../scenario/timeline.ts';
import type { FaultView, PhaseView, Tally } from '../view.ts';
import { createLatest } from './latest.ts';
import { createTally, none, type TallyFold } from './tally.ts';

export interface Schedule {
  readonly onScenario: (scenario: Scenario) => void;
  readonly onPhase: (event: EventOf<'phase'>) => void;
  readonly onFaultSet: (event: EventOf<'fault.set'>) => void;
  readonly onFaultCleared: (event: EventOf<'fault.cleared'>) => void;
  readonly onRequest: (event: EventOf<'request'>) => void;
  readonly view: (now: number) => ScheduleView;
}

export interface ScheduleView {
  readonly phases: readonly PhaseView[];
  readonly faults: readonly FaultView[];
  readonly totals: Tally;
}

interface Begun {
  readonly name: string;
  readonly judged: boolean;
  readonly from: number;
  to: number | null;
  readonly arrivals: Arrivals;
  /** Due after its end: they are its own all the same once another phase begins. */
  readonly after: EventOf<'request'>[];
}

const keptFaults = 200;

export function createSchedule(): Schedule {
  const begun: Begun[] = [];
  const faults = createLatest<{ -readonly [K in keyof FaultView]: FaultView[K] }>(keptFaults);
  const all = arrivals();
  let planned: Pick<ScheduleView, 'phases' | 'faults'> = { phases: [], faults: [] };
  let sawOrder = false;

  return {
    onScenario: (scenario) => {
      planned = plannedOf(scenario);
    },
    onPhase: ({ at, name, edge, judged }) => {
      if (edge === 'start') {
        const last = begun.at(-1);
        for (const request of last?.after ?? []) add(last?.arrivals, request);
        begun.push({ name, judged, from: at, to: null, arrivals: arrivals(), after: [] });
        return;
      }
      const phase = begun.find((known) => known.name === name);
      if (phase !== undefined) phase.to ??= at;
    },
    onFaultSet: ({ at, fault, target, dose, by }) => {
      faults.push({ fault, target, dose, by, from: at, to: null, state: 'on' });
    },
    onFaultCleared: ({ at, fault }) => {
      const set = faults.list().findLast((known) => known.fault === fault && known.to === null);
      if (set === undefined) return;
      set.to = at;
      set.state = 'gone';
    },
    onRequest: (request) => {
      sawOrder ||= isOrder(request);
      add(all, request);
      const at = belongsAt(request.dueAt, request.doneAt, faults.list());
      const phase = begun.findLast(({ from }) => from <= at);
      if (phase === undefined) return;
      if (phase === begun.at(-1) && phase.to !== null && at >= phase.to) phase.after.push(request);
      else add(phase.arrivals, request);
    },
    view: (now) => {
      const meant = ({ orders, others }: Arrivals): Tally => (sawOrder ? orders : others).tally();
      const gone = begun.map(({ name, judged, from, to, arrivals: own }, index): PhaseView => {
        const end = begun[index + 1]?.from ?? to;
        const plan = planned.phases.find((known) => known.name === name);
        const state = end === null ? 'on' : 'gone';
        return { name, judged, from, to: end ?? Math.max(now, plan?.to ?? now), state, tally: meant(own) };
      });
      const still = planned.phases.filter(({ name }) => !begun.some((known) => known.name === name));
      const set = faults.list();
      const due = planned.faults.filter(({ fault }) => !set.some((known) => known.fault === fault));
      return {
        phases: [...gone, ...still],
        faults: [...set.map((fault) => endOf(fault, planned.faults)), ...due],
        totals: meant(all),
      };
    },
  };
}

// --- internal ---

interface Arrivals {
  readonly orders: TallyFold;
  readonly others: TallyFold;
}

const arrivals = (): Arrivals => ({ orders: createTally(), others: createTally() });

function add(to: Arrivals | undefined, request: EventOf<'request'>): void {
  const { sentAt, doneAt, dueAt, outcome } = request;
  (isOrder(request) ? to?.orders : to?.others)?.add(outcome, sentAt === null ? null : doneAt - dueAt);
}

/** One that is on ends as planned. */
function endOf(fault: FaultView, planned: readonly FaultView[]): FaultView {
  if (fault.state !== 'on') return { ...fault };
  return { ...fault, to: planned.find((known) => known.fault === fault.fault)?.to ?? null };
}

function plannedOf(scenario: Scenario): Pick<ScheduleView, 'phases' | 'faults'> {
  const common = { state: 'planned', tally: none } as const;
  const warmup = { name: warmupPhase, judged: false, from: 0, to: scenario.warmupMs, ...common };
  return {
    phases: [
      ...(scenario.warmupMs > 0 ? [warmup] : []),
      ...phaseStretches(scenario).map(({ phase, from, to }) => ({
        name: phase.name,
        judged: true,
        from,
        to,
        ...common,
      })),
    ],
    faults: faultStretches(scenario).map(({ id, spec, from, to }) => {
      const { target, dose } = describeFault(spec);
      return { fault: id, target, dose, by: 'plan', from, to, state: 'planned' };
    }),
  };
}
