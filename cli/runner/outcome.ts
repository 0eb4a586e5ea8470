// The outcome of an order, one word everywhere (DESIGN.md part 8).
import type { Outcome } from '../../services/contract/events.ts';
import type { Answer } from './ports.ts';

export function outcomeOf({ status, code, error }: Answer): Outcome {
  if (status === null) return error === 'refused' ? 'failed' : 'unknown';
  if (status === 201) return 'success';
  if (status === 202) return 'unknown';
  if ([402, 404, 409, 422].includes(status)) return 'declined';
  if (status === 429 || (status === 503 && code === 'dependency-rejected')) return 'rejected';
  return 'failed';
}
