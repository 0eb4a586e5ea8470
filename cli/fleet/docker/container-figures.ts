// What a container takes of the machine, as the engine tells it: once, since its stream of figures has a second between two.
import { z } from 'zod';
import type { PartFigures } from '../part-figures.ts';
import { connectEngine, statusOf, told } from './engine.ts';
import { containerName } from './labels.ts';

const stateSchema = z.object({ Running: z.boolean(), Pid: z.number(), StartedAt: z.string() });
const statsSchema = z.object({
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number() }) }),
  memory_stats: z.object({
    usage: z.number().optional(),
    stats: z.record(z.string(), z.number()).nullish(),
  }),
});

/** null: it does not run. */
export async function containerFigures(fleet: string, part: string): Promise<PartFigures | null> {
  const engine = await connectEngine();
  return told(`looking at ${part}`, async () => {
    const container = engine.getContainer(containerName(fleet, part));
    try {
      const { State: state } = await container.inspect();
      return figuresFrom(state, await container.stats({ stream: false, 'one-shot': true }), Date.now());
    } catch (error) {
      if (statusOf(error) === 404) return null;
      throw error;
    }
  });
}

const nanosecondsPerMs = 1e6;
const bytesPerMb = 2 ** 20;

/** `state`, `stats`: as the engine's API has them. */
export function figuresFrom(state: unknown, stats: unknown, now: number): PartFigures | null {
  const { Running: isRunning, Pid: pid, StartedAt: startedAt } = stateSchema.parse(state);
  if (!isRunning) return null;
  const { cpu_stats: cpu, memory_stats: memory } = statsSchema.parse(stats);
  return {
    pid,
    memoryMb: memory.usage === undefined ? null : (memory.usage - cacheOf(memory.stats ?? {})) / bytesPerMb,
    cpuMs: cpu.cpu_usage.total_usage / nanosecondsPerMs,
    upForMs: Math.max(0, now - Date.parse(startedAt)),
  };
}

/** Files in memory that nobody needs any more, which `docker stats` leaves out, too: by the name that each version of cgroups has. */
const cacheOf = (stats: Readonly<Record<string, number>>): number =>
  stats.total_inactive_file ?? stats.inactive_file ?? 0;
