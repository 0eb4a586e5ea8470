// Events → the record of a run. Tolerates any stream: unknown types, events out of order, a run that breaks off.
import type { EventOf, RunEvent } from '../../services/contract/events.ts';
import { belongsAt } from './belongs-at.ts';
import { holesIn } from './holes.ts';
import { inOrder } from './in-order.ts';
import { isOrder, metricsOf } from './phase-metrics.ts';
import type { FaultSpan, PhaseRecord, RunRecord, StepRecord } from './record.ts';
import { seriesOf } from './series.ts';

export function foldRun(events: readonly RunEvent[]): RunRecord {
  const ordered = inOrder(events);
  const byType = Map.groupBy(ordered, ({ type }) => type);
  const of = <T extends RunEvent['type']>(type: T): readonly EventOf<T>[] => {
    const own: readonly RunEvent[] = byType.get(type) ?? [];
    return areAll(own, type) ? own : [];
  };
  const endAt = ordered.reduce((latest, { at }) => Math.max(latest, at), 0);
  const requests = of('request');
  const faults = faultsOf(of('fault.set'), of('fault.cleared'));
  return {
    header: of('run.started')[0] ?? null,
    phases: phasesOf(of('phase'), { requests, faults, endAt }),
    faults,
    requests,
    series: seriesOf(ordered),
    steps: [...of('step'), ...requests.flatMap(onlyStep)],
    calls: Map.groupBy(of('call'), ({ link }) => link),
    arrivals: Map.groupBy(of('arrival'), ({ link }) => link),
    breakers: Map.groupBy(of('breaker'), ({ link }) => link),
    observed: of('fault.observed'),
    hands: of('hand'),
    exits: of('process'),
    gaps: of('gap'),
    holes: holesIn(events),
    clocks: of('clock'),
    stalls: of('stall'),
    ticks: of('load.tick'),
    ended: of('run.ended').at(-1) ?? null,
    endAt,
  };
}

// --- internal ---

/** Narrows the list itself, since a copy of each would be as large as the journal. */
const areAll = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T): events is readonly EventOf<T>[] =>
  events.every((event) => event.type === type);

/** A journey of one step has no event of its own for it. */
function onlyStep({ journey, step, sentAt, ...request }: EventOf<'request'>): readonly StepRecord[] {
  if (journey === undefined || step === undefined || sentAt === null) return [];
  const { dueAt, doneAt, outcome } = request;
  return [{ journey, step, dueAt, sentAt, doneAt, outcome }];
}

/** An arrival belongs to the phase that was on when it was due, or when a fault met it on its way. */
function phasesOf(
  events: readonly EventOf<'phase'>[],
  { requests, faults, endAt }: Pick<RunRecord, 'requests' | 'faults' | 'endAt'>,
): readonly PhaseRecord[] {
  const starts = events.filter(({ edge }) => edge === 'start');
  // What else customers did is in thresholds of its own; a run without any order is told by what there was.
  const meant = requests.some(isOrder) ? requests.filter(isOrder) : requests;
  return starts.map(({ name, judged, at: from }, index) => {
    const end = events.find((event) => event.edge === 'end' && event.name === name);
    const to = starts[index + 1]?.at ?? end?.at ?? endAt;
    const own = meant.filter(({ dueAt, doneAt }) => {
      const at = belongsAt(dueAt, doneAt, faults);
      return at >= from && at < to;
    });
    return { name, judged, from, to, metrics: metricsOf(own) };
  });
}

const faultsOf = (
  sets: readonly EventOf<'fault.set'>[],
  clears: readonly EventOf<'fault.cleared'>[],
): readonly FaultSpan[] =>
  sets.map(({ fault, kind, target, dose, by, at: from }) => {
    const cleared = clears.find((event) => event.fault === fault && event.at >= from);
    return { fault, kind, target, dose, by, from, to: cleared?.at ?? null };
  });
