// Hears from the engine when a container of a fleet has died, whoever ended it.
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Engine } from './engine.ts';
import { madeFor, partOf } from './labels.ts';

const deathSchema = z.object({ Actor: z.object({ Attributes: z.record(z.string(), z.string()) }) });

export interface Death {
  readonly part: string;
  readonly code: number | null;
}

/** Answers with how to stop listening. */
export async function watchDeaths(engine: Engine, fleet: string, onDeath: (death: Death) => void): Promise<() => void> {
  const stream = await engine.getEvents({ filters: { ...madeFor(fleet), type: ['container'], event: ['die'] } });
  // The engine may end before us; whoever asks it for something will be told.
  stream.on('error', () => {});
  createInterface({ input: stream }).on('line', (line) => {
    if (line.trim() === '') return;
    const { Attributes: attributes } = deathSchema.parse(JSON.parse(line)).Actor;
    const code = Number(attributes.exitCode);
    onDeath({ part: partOf(attributes), code: Number.isInteger(code) ? code : null });
  });
  return () => stream.destroy();
}
