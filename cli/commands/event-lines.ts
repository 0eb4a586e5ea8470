// Bytes of a journal → its events, as they come: half a line waits for its other half, what nobody needs is not parsed.
// A journal is judged by cli/metrics/read-journal.ts, with every line checked; this is for the eye, and hot.
import type { RunEvent } from '../../services/contract/events.ts';

export interface EventLines {
  /** The events of the lines that these bytes end. The bytes may be overwritten afterwards. */
  push(bytes: Buffer): readonly RunEvent[];
}

const newline = 0x0a;
/** `type` comes after `v`, `at`, `src` and `seq`. */
const headLength = 160;

export interface Skipping {
  /** Not even parsed. */
  readonly types: readonly string[];
  /** Once there were so many events. */
  readonly after: number;
}

export function eventLines({ types, after }: Skipping): EventLines {
  const heads = types.map((type) => `"type":"${type}"`);
  let rest: Buffer | null = null;
  let count = 0;

  function eventOf(bytes: Buffer, from: number, to: number): RunEvent | null {
    count += 1;
    if (count <= after) return parsed(bytes.toString('utf8', from, to));
    const head = bytes.toString('latin1', from, Math.min(to, from + headLength));
    return heads.some((unused) => head.includes(unused)) ? null : parsed(bytes.toString('utf8', from, to));
  }

  return {
    push: (given) => {
      const bytes = rest === null ? given : Buffer.concat([rest, given]);
      const events: RunEvent[] = [];
      let from = 0;
      for (let to = bytes.indexOf(newline); to >= 0; to = bytes.indexOf(newline, from)) {
        const event = eventOf(bytes, from, to);
        if (event !== null) events.push(event);
        from = to + 1;
      }
      rest = from === bytes.length ? null : Buffer.from(bytes.subarray(from));
      return events;
    },
  };
}

// --- internal ---

/** What is no event of ours is left out: of this or a later version, or damaged. */
function parsed(line: string): RunEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return isEvent(value) ? value : null;
  } catch {
    return null;
  }
}

function isEvent(value: unknown): value is RunEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { v, at, src, seq, type } = value as Readonly<Record<string, unknown>>;
  const [hasNumbers, hasTexts] = [[v, at, seq].every(isNumber), [src, type].every(isText)];
  return hasNumbers && hasTexts;
}

const isNumber = (value: unknown): boolean => typeof value === 'number';
const isText = (value: unknown): boolean => typeof value === 'string';
