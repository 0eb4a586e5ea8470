// Did a run end as its scenario says that it is known to, and for that reason?
import type { Known } from '../scenario/schema.ts';
import { isEvidence, type Judgement } from './judgement.ts';
import type { RunResult } from './run-result.ts';

/** null: it did. Else what differs, as a sentence. */
export function differsFromKnown(
  { verdict, reason, judgements }: Pick<RunResult, 'verdict' | 'reason' | 'judgements'>,
  known: Known,
): string | null {
  if (verdict !== known.verdict) return `known to be ${known.verdict}, but ${verdict}: ${reason}`;
  const decisive = decisiveOf(verdict, judgements);
  const missing = known.by.find((name) => !decisive.some((judgement) => namesOf(judgement).includes(name)));
  if (missing !== undefined) return `known to be ${verdict} by ${missing}, which ${standingOf(missing, judgements)}`;
  const other = decisive.find((judgement) => !namesOf(judgement).some((name) => known.by.includes(name)));
  return known.by.length === 0 || other === undefined
    ? null
    : `known to be ${verdict} by ${known.by.join(', ')} alone, but also by ${other.title}`;
}

// --- internal ---

/** Where evidence falls short every expectation is inconclusive, so that the evidence decides and not they. */
function decisiveOf(verdict: RunResult['verdict'], judgements: readonly Judgement[]): readonly Judgement[] {
  const unclear = judgements.filter(({ standing }) => standing === 'inconclusive');
  if (verdict === 'inconclusive') return unclear.some(isEvidence) ? unclear.filter(isEvidence) : unclear;
  return verdict === 'failed' ? judgements.filter(({ standing }) => standing === 'failed') : [];
}

/** `orders.duration`, or the whole title; `order->payment.path`; `recovery`; `dose`. */
function namesOf({ id, kind, title }: Judgement): readonly string[] {
  if (kind === 'threshold') return [title, title.split(' ')[0] ?? title];
  const [, link = '', key = ''] = id.split('/');
  return kind === 'breaker' ? [`${link}.${key}`] : [kind];
}

function standingOf(name: string, judgements: readonly Judgement[]): string {
  const judged = judgements.find((judgement) => namesOf(judgement).includes(name));
  return judged === undefined ? 'was not judged' : `is ${judged.standing}`;
}
