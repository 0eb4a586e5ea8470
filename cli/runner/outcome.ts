// The outcome of an order or of a step, one word everywhere (DESIGN.md part 8).
import type { Outcome } from '../../services/contract/events.ts';
import type { JourneyStep } from '../scenario/journey.ts';
import type { Answer } from './ports.ts';

export function outcomeOf({ status, code, error }: Answer): Outcome {
  if (status === null) return error === 'refused' ? 'failed' : 'unknown';
  if (status === 201) return 'success';
  if (status === 202) return 'unknown';
  if ([402, 404, 409, 422].includes(status)) return 'declined';
  if (status === 429 || (status === 503 && code === 'dependency-rejected')) return 'rejected';
  return 'failed';
}

/** `placesOrder`: only 201 is a success then. */
export function stepOutcome({ expect }: Pick<JourneyStep, 'expect'>, answer: Answer, placesOrder: boolean): Outcome {
  const { status } = answer;
  if (status === null) return outcomeOf(answer);
  if (expect !== undefined) return expect.includes(status) ? 'success' : unexpected(outcomeOf(answer));
  return !placesOrder && status >= 200 && status < 300 ? 'success' : outcomeOf(answer);
}

/** A good answer that is not the expected one. */
const unexpected = (outcome: Outcome): Outcome => (outcome === 'success' || outcome === 'unknown' ? 'failed' : outcome);
