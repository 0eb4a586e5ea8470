// Walks a plan: load, phases, faults, in time; records everything; undoes everything, however it ends.
import type { EventOf, RunEvent } from '../../services/contract/events.ts';
import { messageOf } from '../errors.ts';
import { describeFault } from '../scenario/describe-fault.ts';
import { plan, type Step } from '../scenario/plan.ts';
import { policiesOf } from '../scenario/policies.ts';
import type { Positions } from '../scenario/position.ts';
import type { Scenario } from '../scenario/schema.ts';
import { recordByHand } from './by-hand.ts';
import { changeRates, type SetRate } from './change-rates.ts';
import type { Clock } from './clock.ts';
import { generateLoad } from './generate-load.ts';
import { type Observer, observe } from './observe.ts';
import type { EventSource, Faults, RunData, Stage, Target, Watch } from './ports.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { createWatchdog, type Watchdog } from './watchdog.ts';

/** Why a run stopped before its plan was walked. */
export interface Stop {
  readonly reason: 'interrupted' | 'aborted' | 'unsteady' | 'errored';
  readonly detail: string;
}

export interface RunOptions {
  readonly scenario: Scenario;
  /** What `run.started` says beyond what the runner knows itself. */
  readonly header: Omit<EventOf<'run.started'>, 'v' | 'at' | 'src' | 'seq' | 'type' | 'monotonicStart' | 'plan'>;
  /** Where what is written, for reasons that name a line. Default: nowhere. */
  readonly positions?: Positions;
  readonly clock: Clock;
  readonly stage: Stage;
  readonly faults: Faults;
  readonly target: Target;
  readonly sources: readonly EventSource[];
  readonly watch: Watch;
  readonly onEvent: (event: RunEvent) => void;
  /** Aborted with a `Stop` as its reason by whoever wants the run to end early. */
  readonly signal: AbortSignal;
}

const calibrateEveryMs = 10_000;

/** Resolves when the run has ended and everything it broke is whole again. Throws only what `stage` throws, before it has begun. */
export async function runScenario(options: RunOptions): Promise<void> {
  const { scenario, header, positions = new Map(), clock, stage, sources, watch, onEvent, signal } = options;
  const steps = plan(scenario);
  const stopping = new AbortController();
  const stop = (why: Stop): void => stopping.abort(why);
  signal.addEventListener('abort', () => stop(stopFrom(signal.reason)), { once: true });
  if (signal.aborted) stop(stopFrom(signal.reason));

  await stage.applyPolicies(policiesOf(scenario));
  const data = await stage.createData(header.run, scenario.data);
  const recorder = createRecorder(clock, (event) => {
    watchdog.see(event);
    onEvent(event);
  });
  const { path } = header.scenario;
  const watchdog = createWatchdog({ scenario, path, positions, clock, now: recorder.now });
  recorder.emit({ type: 'run.started', ...header, monotonicStart: recorder.startedAt, plan: [...steps] });
  watch.onExit((exit) => {
    recorder.emit({ type: 'process', change: 'exited', expected: false, ...exit });
    stop({ reason: 'errored', detail: `${exit.process} died, and no fault of the scenario did it` });
  });
  recordByHand({ watch, recorder, stop, over: stopping.signal });
  void watch.lost.then((detail) => stop({ reason: 'errored', detail }));

  const walk: Walk = {
    options,
    recorder,
    watchdog,
    data,
    stopping,
    set: new Set(),
    loads: new Map(),
    rates: new Map(),
  };
  changeRates({ watch, recorder, scenario, rates: walk.rates });
  const observers: Observer[] = [];
  try {
    observers.push(...(await Promise.all(sources.map((source) => observe({ source, recorder, clock })))));
    const start = recorder.now();
    const calibrating = recalibrate(observers, clock, stopping.signal);
    const watching = watchdog.watch((detail) => stop({ reason: 'aborted', detail }), stopping.signal);
    for (const step of steps) {
      await clock.sleep(start + step.at - recorder.now(), stopping.signal);
      await take(step, walk);
    }
    await Promise.race([Promise.all([...walk.loads.values()].map(({ done }) => done)), aborted(stopping.signal)]);
    stopping.signal.throwIfAborted();
    stopping.abort(finished);
    await Promise.all([calibrating, watching]);
  } catch (error) {
    stop(stopFrom(error, 'errored'));
  }
  await healEverything(walk);
  await Promise.allSettled([...walk.loads.values()].map(({ done }) => done));
  for (const observer of observers) await observer.flush();
  for (const observer of observers) await observer.stop();
  recorder.emit({ type: 'run.ended', ...ending(stopping.signal.reason) });
}

// --- internal ---

interface Walk {
  readonly options: RunOptions;
  readonly recorder: Recorder;
  readonly watchdog: Watchdog;
  readonly data: RunData;
  readonly stopping: AbortController;
  /** Faults that are set now. */
  readonly set: Set<string>;
  readonly loads: Map<string, { readonly done: Promise<void>; readonly end: AbortController }>;
  /** Of the open loads that are on. */
  readonly rates: Map<string, SetRate>;
}

const finished = { reason: 'completed' } as const;

function isStop(value: unknown): value is Stop | typeof finished {
  return typeof value === 'object' && value !== null && 'reason' in value && !(value instanceof Error);
}

const stopFrom = (cause: unknown, otherwise: Stop['reason'] = 'interrupted'): Stop =>
  isStop(cause) && cause.reason !== 'completed' ? cause : { reason: otherwise, detail: messageOf(cause) };

const ending = (reason: unknown) =>
  isStop(reason) ? reason : { reason: 'errored' as const, detail: messageOf(reason) };

async function take(step: Step, walk: Walk): Promise<void> {
  const { options, recorder, set, loads } = walk;
  switch (step.do) {
    case 'start-load':
      return startLoad(step.load, walk);
    case 'stop-load':
      loads.get(step.load)?.end.abort();
      return;
    case 'start-phase':
      return recorder.emit({ type: 'phase', name: step.phase, edge: 'start', judged: step.judged });
    case 'end-phase': {
      const judged = options.scenario.phases.some(({ name }) => name === step.phase);
      return recorder.emit({ type: 'phase', name: step.phase, edge: 'end', judged });
    }
    case 'check-steady-state': {
      const detail = walk.watchdog.unsteady();
      if (detail !== null) walk.stopping.abort({ reason: 'unsteady', detail } satisfies Stop);
      return;
    }
    case 'set-fault':
      // Said before it is done: what it does must never seem to come before it.
      set.add(step.fault);
      recorder.emit({
        type: 'fault.set',
        fault: step.fault,
        kind: step.spec.type,
        ...describeFault(step.spec),
        ttlMs: step.ttlMs,
        by: 'plan',
      });
      return options.faults.set(step.fault, step.spec, step.ttlMs);
    case 'clear-fault':
      return clear(step.fault, 'plan', walk);
    case 'end':
      return;
    default:
      return step satisfies never;
  }
}

async function clear(fault: string, reason: 'plan' | 'stop', { options, recorder, set }: Walk): Promise<void> {
  if (!set.has(fault)) return;
  await options.faults.clear(fault);
  set.delete(fault);
  recorder.emit({ type: 'fault.cleared', fault, reason });
}

function startLoad(name: string, { options, recorder, data, stopping, loads, rates }: Walk): void {
  const { scenario, header, target, clock } = options;
  const end = new AbortController();
  const stop = AbortSignal.any([end.signal, stopping.signal]);
  const world = { run: header.run, seed: header.seed, data, target, clock, recorder, cancel: stopping.signal };
  const onBegun = (setRate: SetRate): void => void rates.set(name, setRate);
  const done = generateLoad({ ...world, load: name, scenario, stop, onBegun });
  stop.addEventListener('abort', () => rates.delete(name), { once: true });
  done.catch((error: unknown) => stopping.abort(stopFrom(error, 'errored')));
  loads.set(name, { done, end });
}

/** Whatever is still set is cleared; what cannot be is in the keeper's list and will be. */
async function healEverything(walk: Walk): Promise<void> {
  for (const fault of [...walk.set]) await clear(fault, 'stop', walk).catch(() => {});
}

async function recalibrate(observers: readonly Observer[], clock: Clock, signal: AbortSignal): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(calibrateEveryMs, signal);
      for (const observer of observers) await observer.calibrate();
    }
  } catch {
    // The run is over, or the service is gone, which its stream or its keeper tells.
  }
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
