// The verdict. What fell short of evidence makes every expectation inconclusive, never passed and never failed. The run is the
// first that holds of: interrupted, errored, aborted, failed, inconclusive, passed.
import type { RunRecord } from '../metrics/record.ts';
import type { Positions } from '../scenario/position.ts';
import type { Scenario } from '../scenario/schema.ts';
import { evidence, type JournalState } from './evidence.ts';
import { expectations } from './expectations.ts';
import { counted } from './figures.ts';
import type { Judgement, Verdict, VerdictWord } from './judgement.ts';
import { doubtedByStarvation } from './starved-opening.ts';

export function judge(
  record: RunRecord,
  scenario: Scenario,
  positions: Positions,
  journal: JournalState = { cutOff: record.ended === null },
): Verdict {
  const run = { record, scenario, positions };
  const { doses, judgements: lines } = evidence(run, journal);
  const doubts = [
    ...(record.ended === null || isWhole(record.ended.reason) ? [] : [`the run was ${record.ended.reason}`]),
    ...lines.filter(({ standing }) => standing !== 'passed').map(({ title, reason }) => `${title}: ${reason}`),
  ];
  const judged = doubtedByStarvation(expectations(run), record).map((judgement) => doubted(judgement, doubts[0]));
  return { ...wordFor(record, judged), judgements: [...judged, ...lines], doses };
}

/** The words that need no expectations; null: they decide. */
export function brokenRun({
  ended,
  exits,
}: RunRecord): { readonly verdict: VerdictWord; readonly reason: string } | null {
  const detail = ended?.detail === undefined ? '' : `: ${ended.detail}`;
  if (ended?.reason === 'interrupted') return { verdict: 'interrupted', reason: `interrupted${detail}` };
  if (ended?.reason === 'errored') return { verdict: 'errored', reason: `the run broke${detail}` };
  if (ended === null) return { verdict: 'errored', reason: 'the journal breaks off: it has no end of the run' };
  const died = exits.find(({ expected }) => !expected);
  if (died !== undefined) {
    return {
      verdict: 'errored',
      reason: `${died.process} died (${died.signal ?? `code ${died.code}`}), and no fault did it`,
    };
  }
  return ended.reason === 'aborted' ? { verdict: 'aborted', reason: `aborted${detail}` } : null;
}

// --- internal ---

/** What an unsteady run lacks is told by the evidence. */
const isWhole = (reason: string): boolean => reason === 'completed' || reason === 'unsteady';

const doubted = (judgement: Judgement, doubt: string | undefined): Judgement =>
  doubt === undefined ? judgement : { ...judgement, standing: 'inconclusive', reason: doubt };

function wordFor(
  record: RunRecord,
  judged: readonly Judgement[],
): { readonly verdict: VerdictWord; readonly reason: string } {
  const broken = brokenRun(record);
  if (broken !== null) return broken;
  const of = counted(judged.length, 'expectation');
  if (record.ended?.reason === 'unsteady')
    return { verdict: 'inconclusive', reason: record.ended.detail ?? 'no steady state before the first fault' };
  const failed = judged.filter(({ standing }) => standing === 'failed');
  if (failed.length > 0) return { verdict: 'failed', reason: `${failed.length} of ${of} failed: ${titles(failed)}` };
  const unclear = judged.filter(({ standing }) => standing === 'inconclusive');
  const first = unclear[0];
  if (first !== undefined) {
    return {
      verdict: 'inconclusive',
      reason: `${unclear.length} of ${of} inconclusive: ${first.reason ?? first.title}`,
    };
  }
  if (judged.every(({ kind }) => kind === 'contract'))
    return { verdict: 'inconclusive', reason: 'nothing was promised: the scenario expects nothing' };
  return { verdict: 'passed', reason: judged.length === 1 ? 'the one expectation holds' : `all ${of} hold` };
}

const titles = (judgements: readonly Judgement[]): string => judgements.map(({ title }) => title).join(', ');
