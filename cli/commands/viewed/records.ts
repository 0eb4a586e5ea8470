// What a run's process says to the one that shows it: among its lines, each on a line of its own that no line begins like.
import { z } from 'zod';

const recordSchema = z.discriminatedUnion('is', [
  /** The run has the fleet, and its journal grows. */
  z.object({ is: z.literal('run'), run: z.string(), journal: z.string(), fleet: z.string() }),
  /** What follows is the end: summary, files, times. */
  z.object({ is: z.literal('summary') }),
]);
export type ViewRecord = Readonly<z.infer<typeof recordSchema>>;

/** In the environment of a run's process: somebody shows it, so it says records, and shows nothing itself. */
export const viewedVariable = 'SMARTORDERS_VIEWED';

const mark = '\u001e';

export const tellView = (env: NodeJS.ProcessEnv, say: (line: string) => void, record: ViewRecord): void => {
  if (env[viewedVariable] !== undefined) say(`${mark}${JSON.stringify(record)}`);
};

/** null: an ordinary line. */
export function recordOf(line: string): ViewRecord | null {
  return line.startsWith(mark) ? recordSchema.parse(JSON.parse(line.slice(mark.length))) : null;
}
