// The recorded journals, for tests.
import { readFileSync } from 'node:fs';
import type { RunEvent } from '../../../services/contract/events.ts';
import { readJournal } from '../../metrics/read-journal.ts';

export const journalNames = ['errored', 'failed', 'inconclusive', 'interrupted', 'manual', 'passed'] as const;
export type JournalName = (typeof journalNames)[number];

export const journalFile = (name: JournalName): URL =>
  new URL(`../../../test/journals/${name}.ndjson`, import.meta.url);

export const eventsOf = (name: JournalName): readonly RunEvent[] =>
  readJournal(readFileSync(journalFile(name), 'utf8')).events;
