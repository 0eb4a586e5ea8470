// The state file of a fleet: how other commands find its keeper, ports and processes. Mode 0600, it holds the admin token.
import { linkSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { linkIds } from '../../services/fleet.ts';
import { systemCodeOf } from '../errors.ts';
import { processRefSchema } from './pid.ts';

export const portsSchema = z.object({
  services: z.object({
    gateway: z.int(),
    user: z.int(),
    order: z.int(),
    inventory: z.int(),
    payment: z.int(),
  }),
  database: z.int(),
  links: z.record(z.enum(linkIds), z.int()),
  toxiproxy: z.int(),
});

export const driverSchema = z.enum(['process', 'docker']);
export type DriverName = z.infer<typeof driverSchema>;

export const fleetStateSchema = z.object({
  v: z.literal(1),
  name: z.string(),
  driver: driverSchema,
  ephemeral: z.boolean(),
  phase: z.enum(['starting', 'up']),
  keeper: processRefSchema,
  controlPort: z.int(),
  token: z.string(),
  ports: portsSchema,
  processes: z.record(z.string(), processRefSchema),
  /** Folders that `down` removes. */
  folders: z.array(z.string()),
  logs: z.string(),
  startedAt: z.string(),
  /** The run that holds the fleet now. */
  run: z.string().nullable(),
});

export type FleetState = Readonly<z.infer<typeof fleetStateSchema>>;

export function writeState(file: string, state: FleetState): void {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
}

/** The first state of a fleet, which claims its name. False: somebody else has it. */
export function claimState(file: string, state: FleetState): boolean {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  try {
    // A link, unlike a renaming, never replaces what is there.
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** null where there is no such file, or where it is not one of ours (then it is of no use to anybody). */
export function readState(file: string): FleetState | null {
  try {
    const parsed = fleetStateSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}

export const removeState = (file: string): void => rmSync(file, { force: true });

/** Names of all fleets that have a state file in this folder. */
export function knownFleets(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(join(folder, file), '.json'))
    .sort();
}
