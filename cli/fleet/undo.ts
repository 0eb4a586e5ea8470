// What can be undone on a fleet, as data: the keeper holds these and carries them out whoever dies.
import { z } from 'zod';
import { type Policies, policiesSchema } from '../../services/contract/admin.ts';
import { type ServiceName, serviceNames } from '../../services/fleet.ts';

const service = z.enum(serviceNames);

export const undoSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('toxic'), link: z.string(), toxic: z.string() }),
  z.object({ kind: z.literal('enable'), link: z.string() }),
  z.object({ kind: z.literal('failpoint'), service, id: z.string() }),
  z.object({ kind: z.literal('breaker'), service, link: z.string() }),
  z.object({ kind: z.literal('policies'), service, policies: policiesSchema }),
]);
export type Undo = Readonly<z.infer<typeof undoSchema>>;

/** What the undoing needs of a fleet. */
export interface Undoable {
  removeToxic(link: string, toxic: string): Promise<void>;
  enableLink(link: string): Promise<void>;
  removeFailpoint(service: ServiceName, id: string): Promise<void>;
  releaseBreaker(service: ServiceName, link: string): Promise<void>;
  setPolicies(service: ServiceName, policies: Policies): Promise<void>;
}

/** A link that another fault holds down stays down: the last one to let go of it enables it. */
export const isHeldDown = (undo: Undo, others: readonly Undo[]): boolean =>
  undo.kind === 'enable' && others.some((other) => other.kind === 'enable' && other.link === undo.link);

export function carryOut(undo: Undo, fleet: Undoable): Promise<void> {
  switch (undo.kind) {
    case 'toxic':
      return fleet.removeToxic(undo.link, undo.toxic);
    case 'enable':
      return fleet.enableLink(undo.link);
    case 'failpoint':
      return fleet.removeFailpoint(undo.service, undo.id);
    case 'breaker':
      return fleet.releaseBreaker(undo.service, undo.link);
    case 'policies':
      return fleet.setPolicies(undo.service, undo.policies);
    default:
      return undo satisfies never;
  }
}
