// A journal's text → its events. Reads what older programs wrote, skips types that newer ones added, and bears with what a crash
// left half-written. It takes the text piece by piece and holds no more of it than a line.
import type { z } from 'zod';
import { eventVersion, type RunEvent, runEventSchema } from '../../services/contract/events.ts';

export interface Journal {
  readonly events: readonly RunEvent[];
  /** There is no `run.ended`, or the last line is incomplete. */
  readonly cutOff: boolean;
  /** Lines of types that this program does not know. */
  readonly skipped: number;
  /** Lines that should be understood and are not: evidence is lost. An incomplete last line is not counted. */
  readonly damaged: number;
  /** Lines of a newer version of known types: they may mean something else by now, so that nothing can be said of the run. */
  readonly newer: number;
}

export const readJournal = (text: string): Journal => readJournalFrom([text]);

/** `pieces`: the text, cut anywhere. */
export function readJournalFrom(pieces: Iterable<string>): Journal {
  const events: RunEvent[] = [];
  const counts = { unknown: 0, damaged: 0, newer: 0 };
  const share = sharing();
  const take = (line: string): void => {
    if (line.trim() === '') return;
    const read = readLine(line, share);
    if (typeof read === 'string') counts[read] += 1;
    else events.push(read);
  };
  let rest = '';
  for (const piece of pieces) {
    const lines = `${rest}${piece}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  }
  const damagedBefore = counts.damaged;
  take(rest);
  const torn = counts.damaged > damagedBefore;
  return {
    events,
    cutOff: torn || !events.some(({ type }) => type === 'run.ended'),
    skipped: counts.unknown,
    damaged: damagedBefore,
    newer: counts.newer,
  };
}

// --- internal ---

type Json = Readonly<Record<string, unknown>>;

/** By type: to ask all of them for each of a million lines takes twice as long. */
const schemas: ReadonlyMap<string, z.ZodType> = new Map(
  runEventSchema.options.map((option) => [option.shape.type.value, option]),
);

function readLine(line: string, share: (event: Json) => Json): RunEvent | 'unknown' | 'damaged' | 'newer' {
  const data = parseJson(line);
  if (!isJson(data) || typeof data.type !== 'string') return 'damaged';
  const schema = schemas.get(data.type);
  if (schema === undefined) return 'unknown';
  if (typeof data.v === 'number' && data.v > eventVersion) return 'newer';
  const event: unknown = share(data);
  return isEvent(event, schema) ? event : 'damaged';
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null;

/** The event as it was parsed: a copy of each, of a million, would be a lot. */
const isEvent = (value: unknown, schema: z.ZodType): value is RunEvent => schema.safeParse(value).success;

/** What the same text comes in again and again. */
const repeated = ['src', 'link', 'operation', 'key'] as const;

/** Holds equal texts once. */
function sharing(): (event: Json) => Json {
  const pool = new Map<unknown, unknown>();
  return (event) => {
    const own: Record<string, unknown> = event;
    for (const name of repeated) {
      const text = own[name];
      if (typeof text !== 'string') continue;
      if (pool.has(text)) own[name] = pool.get(text);
      else pool.set(text, text);
    }
    return own;
  };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
