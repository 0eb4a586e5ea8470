// One arrival: walks its journey step by step and says what became of it.
import { decidingStep, type Journey, type JourneyStep, placesOrders } from '../scenario/journey.ts';
import { filledPath, filledValue, type Value, type Values } from '../scenario/placeholders.ts';
import type { Clock } from './clock.ts';
import { type Arrival, arrivalName, feed } from './feed.ts';
import { stepOutcome } from './outcome.ts';
import type { Answer, RunData, Target } from './ports.ts';
import type { Recorder } from './recorder.ts';

export interface JourneyOptions {
  /** The journey's name. */
  readonly name: string;
  readonly journey: Journey;
  readonly run: string;
  readonly seed: number;
  readonly data: RunData;
  readonly target: Target;
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** Gives up at once; nothing is recorded then. */
  readonly cancel: AbortSignal;
}

export const keyOf = (run: string, { load, index }: Arrival): string => `${run}-${load}-${index}`;

/** Resolves when the journey has ended. Its `request` event comes as soon as its outcome is known. */
export async function walkJourney(options: JourneyOptions, arrival: Arrival, plannedAt: number): Promise<void> {
  const { name, journey, run, clock, recorder, cancel } = options;
  const { steps } = journey;
  const deciding = decidingStep(journey);
  const isOrder = placesOrders(journey);
  const sentAt = recorder.now();
  let values: Values = feed(journey, arrival, options);
  let dueAt = plannedAt;
  for (const [place, step] of steps.entries()) {
    if (step.pauseMs > 0) {
      await clock.sleep(step.pauseMs, cancel).catch(() => {});
      dueAt = place === 0 ? dueAt : recorder.now();
    }
    if (cancel.aborted) return;
    const began = recorder.now();
    const answer = await ask(options, { arrival, step, values, isDeciding: place === deciding });
    if (cancel.aborted) return;
    const doneAt = recorder.now();
    const judged = stepOutcome(step, answer, isOrder && place === deciding);
    const captured = judged === 'success' ? capture(step, answer) : {};
    const outcome = captured === null ? 'failed' : judged;
    const said = { doneAt, status: answer.status, outcome, ...reasonOf(answer, captured === null) };
    if (steps.length > 1) {
      recorder.emit({ type: 'step', ...arrival, journey: name, step: step.name, dueAt, sentAt: began, ...said });
    }
    if (place === deciding || (place < deciding && outcome !== 'success')) {
      recorder.emit({
        type: 'request',
        ...arrival,
        key: keyOf(run, arrival),
        dueAt: plannedAt,
        sentAt,
        ...said,
        ...(answer.order === undefined ? {} : { order: answer.order }),
        ...labels(options),
      });
    }
    if (outcome !== 'success') return;
    values = { ...values, ...captured };
    dueAt = doneAt;
  }
}

/** What every `request` event of a journey says of it. */
export function labels({ name, journey }: Pick<JourneyOptions, 'name' | 'journey'>): {
  readonly kind?: 'other';
  readonly journey: string;
  readonly step?: string;
} {
  const [only] = journey.steps;
  return {
    journey: name,
    ...(placesOrders(journey) ? {} : { kind: 'other' as const }),
    ...(journey.steps.length === 1 && only !== undefined ? { step: only.name } : {}),
  };
}

// --- internal ---

interface Asking {
  readonly arrival: Arrival;
  readonly step: JourneyStep;
  readonly values: Values;
  readonly isDeciding: boolean;
}

function ask({ run, target, cancel }: JourneyOptions, { arrival, step, values, isDeciding }: Asking): Promise<Answer> {
  const { method, path, body, name } = step;
  const key = keyOf(run, arrival);
  const filled = body === undefined ? {} : { body: mapValues(body, (value) => filledValue(value, values)) };
  // Two steps of one arrival are two requests: a shared key would make the second a repetition of the first.
  const own = isDeciding ? key : `${key}-${name}`;
  return target.send(
    { method, path: filledPath(path, values), ...filled, key: own, arrival: arrivalName(arrival) },
    cancel,
  );
}

/** null: the answer lacks one of them. */
function capture({ capture: wanted }: JourneyStep, { body }: Answer): Values | null {
  const found = Object.entries(wanted).map(([name, path]) => [name, valueAt(body, path.split('.'))] as const);
  const values: Record<string, Value> = {};
  for (const [name, value] of found) {
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return null;
    values[name] = value;
  }
  return values;
}

const valueAt = (body: unknown, keys: readonly string[]): unknown =>
  keys.reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), body);

function reasonOf({ code, error }: Answer, lacksValue: boolean): { code?: string; error?: string } {
  const why = lacksValue ? 'a value to capture is missing' : error;
  return { ...(code === undefined ? {} : { code }), ...(why === undefined ? {} : { error: why }) };
}

const mapValues = <V, W>(map: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
