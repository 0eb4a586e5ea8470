// The first and the last line of a journal, without reading what lies between: journals grow to many megabytes.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';

const chunkBytes = 65_536;
/** The first event holds the scenario's text and its plan. */
const longestLineBytes = 4_194_304;

const startSchema = z.object({
  type: z.literal('run.started'),
  run: z.string(),
  scenario: z.object({ name: z.string() }),
  startedAt: z.string(),
});
const anyEventSchema = z.object({ type: z.string(), at: z.number() });
const endSchema = z.object({ type: z.literal('run.ended'), reason: z.string(), detail: z.string().optional() });

export type RunStart = Readonly<z.infer<typeof startSchema>>;

export interface JournalEnd {
  /** When the last whole event happened, ms since the start. */
  readonly at: number;
  /** null: the journal is cut off. */
  readonly ended: Readonly<z.infer<typeof endSchema>> | null;
}

/** null: this is not the journal of a run. */
export const startOf = (journal: string): RunStart | null =>
  startSchema.safeParse(json(linesFrom(journal, 'start')[0])).data ?? null;

export function endOf(journal: string): JournalEnd {
  const last = linesFrom(journal, 'end')
    .map(json)
    .findLast((value) => anyEventSchema.safeParse(value).success);
  return { at: anyEventSchema.safeParse(last).data?.at ?? 0, ended: endSchema.safeParse(last).data ?? null };
}

// --- internal ---

/** As many chunks from one end as it takes to hold a whole line. */
function linesFrom(file: string, from: 'start' | 'end'): readonly string[] {
  const fd = openSync(file, 'r');
  try {
    const { size } = fstatSync(fd);
    for (let length = chunkBytes; ; length *= 4) {
      const buffer = Buffer.alloc(Math.min(size, length));
      readSync(fd, buffer, 0, buffer.length, from === 'start' ? 0 : size - buffer.length);
      const lines = buffer.toString().split('\n');
      const isEnough = from === 'start' ? lines.length > 1 : lines.slice(1).some((line) => json(line) !== undefined);
      if (isEnough || length >= Math.min(size, longestLineBytes)) return lines;
    }
  } finally {
    closeSync(fd);
  }
}

function json(line: string | undefined): unknown {
  try {
    return JSON.parse(line ?? '');
  } catch {
    return undefined;
  }
}
