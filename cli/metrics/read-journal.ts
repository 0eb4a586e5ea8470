// A journal's text → its events. Reads what newer and older programs wrote, and what a crash left half-written.
import { z } from 'zod';
import { type RunEvent, runEventSchema } from '../../services/contract/events.ts';

export interface Journal {
  readonly events: readonly RunEvent[];
  /** There is no `run.ended`, or the last line is incomplete. */
  readonly cutOff: boolean;
  /** Lines of types that this program does not know. */
  readonly skipped: number;
  /** Lines that should be understood and are not: evidence is lost. An incomplete last line is not counted. */
  readonly damaged: number;
}

export function readJournal(text: string): Journal {
  const lines = text.split('\n');
  const last = lines.pop() ?? '';
  const read = [...lines, last].filter((line) => line.trim() !== '').map(readLine);
  const events = read.flatMap((line) => (typeof line === 'string' ? [] : [line]));
  const torn = last.trim() !== '' && read.at(-1) === 'damaged';
  return {
    events,
    cutOff: torn || !events.some(({ type }) => type === 'run.ended'),
    skipped: read.filter((line) => line === 'unknown').length,
    damaged: read.filter((line) => line === 'damaged').length - (torn ? 1 : 0),
  };
}

// --- internal ---

const typed = z.object({ type: z.string() });
const knownTypes: ReadonlySet<string> = new Set(runEventSchema.options.map(({ shape }) => shape.type.value));

function readLine(line: string): RunEvent | 'unknown' | 'damaged' {
  const value = parseJson(line);
  const { success, data } = typed.safeParse(value);
  if (!success) return 'damaged';
  if (!knownTypes.has(data.type)) return 'unknown';
  return runEventSchema.safeParse(value).data ?? 'damaged';
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
