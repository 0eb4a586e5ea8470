// What a keeper is told on its stdin when it is started.
import { z } from 'zod';
import { driverSchema, portsSchema } from './state.ts';

export const keeperConfigSchema = z.object({
  name: z.string(),
  driver: driverSchema,
  /** Ends with its owner's connection, and chooses free ports itself. */
  ephemeral: z.boolean(),
  ports: portsSchema.nullable(),
  stateFile: z.string(),
  folder: z.string(),
  logs: z.string(),
  dataFolder: z.string(),
  databaseRoot: z.string(),
  databaseUrl: z.string().nullable(),
  programs: z.string(),
  /** Node's cache of compiled modules, for the fleet's processes. */
  compileCache: z.string(),
});
export type KeeperConfig = Readonly<z.infer<typeof keeperConfigSchema>>;
