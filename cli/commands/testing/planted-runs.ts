// A reports folder for tests, with runs planted in it as files: no fleet has to run for them.
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface PlantedRun {
  readonly scenario?: string;
  readonly startedAt?: string;
  /** Of `run.ended`; null: the journal is cut off. */
  readonly ended?: string | null;
  readonly report?: Readonly<Record<string, unknown>>;
  /** When the journal was last written to. */
  readonly writtenAt?: Date;
}

export interface PlantedRuns extends Disposable {
  readonly reports: string;
  /** Answers with the run's folder. */
  plant(run: string, options?: PlantedRun): string;
  has(run: string): boolean;
}

export function plantedRuns(): PlantedRuns {
  const reports = mkdtempSync(join(tmpdir(), 'smartorders-runs-'));
  return {
    reports,
    has: (run) => existsSync(join(reports, run)),
    plant: (run, options = {}) => {
      const folder = join(reports, run);
      const { report, writtenAt = new Date(0) } = options;
      mkdirSync(folder, { recursive: true });
      const journal = join(folder, 'journal.ndjson');
      writeFileSync(journal, journalText(run, options));
      utimesSync(journal, writtenAt, writtenAt);
      if (report !== undefined) writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
      return folder;
    },
    [Symbol.dispose]: () => rmSync(reports, { recursive: true, force: true }),
  };
}

function journalText(
  run: string,
  { scenario = 'calm', startedAt = '2026-11-01T10:00:00.000Z', ended = 'completed' }: PlantedRun,
): string {
  const events = [
    // Longer than what is read at once.
    { at: 0, type: 'run.started', run, scenario: { name: scenario, text: 'x'.repeat(100_000) }, startedAt },
    ...Array.from({ length: 2_000 }, (_, index) => ({ at: index, type: 'load.tick', sent: 1 })),
    ...(ended === null ? [] : [{ at: 30_000, type: 'run.ended', reason: ended }]),
  ];
  const torn = ended === null ? '{"at":40000,"type":"load.ti' : '';
  return `${events.map((event) => `${JSON.stringify(event)}\n`).join('')}${torn}`;
}
