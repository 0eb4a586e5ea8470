// The recorded journals of test/journals/: one of every way in which a run can end.
import { readFileSync } from 'node:fs';
import { readJournal } from '../../cli/metrics/read-journal.ts';
import { resultOf } from '../../cli/verdict/result.ts';
import type { RunResult } from '../../cli/verdict/run-result.ts';
import type { RunEvent } from '../../services/contract/events.ts';

export const recordedRuns = [
  'passed',
  'failed',
  'inconclusive',
  'interrupted',
  'manual',
  'errored',
  'aborted',
] as const;

export function recorded(name: (typeof recordedRuns)[number]): RunResult {
  const file = new URL(`../journals/${name === 'aborted' ? 'interrupted' : name}.ndjson`, import.meta.url);
  const { events, ...journal } = readJournal(readFileSync(file, 'utf8'));
  return resultOf(name === 'aborted' ? events.map(aborted) : events, journal);
}

const aborted = (event: RunEvent): RunEvent =>
  event.type === 'run.ended' ? { ...event, reason: 'aborted', detail: 'orders.failed was above 50 %' } : event;
