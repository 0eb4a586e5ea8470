// What is said on a keeper's control socket: one JSON object a line, over loopback TCP, opened by the fleet's token.
import { z } from 'zod';
import { forcedStates } from '../../services/contract/admin.ts';
import { linkIds } from '../../services/fleet.ts';
import { exitCodes } from '../exit-codes.ts';
import { byHandSchema, faultWordsSchema } from './standing-fault.ts';
import { undoSchema } from './undo.ts';

/** The run that holds a fleet, and where it writes its journal (absolute). */
export const holdingRunSchema = z.object({ run: z.string(), journal: z.string() });
export type HoldingRun = Readonly<z.infer<typeof holdingRunSchema>>;

export const requestSchema = z.discriminatedUnion('op', [
  /** First, else nothing is answered. `owner`: an ephemeral fleet ends with this connection. */
  z.object({ id: z.int(), op: z.literal('hello'), token: z.string(), owner: z.boolean() }),
  /** Answers once every service is ready, or with the reason why not. */
  z.object({ id: z.int(), op: z.literal('ready') }),
  /** One run at a time; released when the connection closes. */
  z.object({ id: z.int(), op: z.literal('lease'), ...holdingRunSchema.shape }),
  /** Answers the run that holds the fleet now, or null; pushes `run` whenever that changes. */
  z.object({ id: z.int(), op: z.literal('run.watch') }),
  /** Handed over before a fault is set. The keeper carries it out at the latest after `ttlMs`, or when the connection closes. */
  z.object({
    id: z.int(),
    op: z.literal('undo.add'),
    key: z.string(),
    undo: undoSchema,
    ttlMs: z.number().nullable(),
    /** What is about to be broken, where that is a fault of a plan. */
    fault: faultWordsSchema.optional(),
  }),
  z.object({ id: z.int(), op: z.literal('undo.run'), key: z.string() }),
  /** Undoes everything of this connection and gives the lease back; what a closing connection does, but awaited. */
  z.object({ id: z.int(), op: z.literal('release') }),
  /** Sets a fault by hand, written as in a scenario. No connection owns it: it stays when this one closes. Answers a StandingFault. */
  z.object({
    id: z.int(),
    op: z.literal('fault.add'),
    fault: z.record(z.string(), z.unknown()),
    ttlMs: z.number().positive(),
  }),
  /** Answers all of them, those of a plan included. */
  z.object({ id: z.int(), op: z.literal('fault.list') }),
  /** Undoes one that was set by hand; where there is none, it is gone already. */
  z.object({ id: z.int(), op: z.literal('fault.clear'), fault: z.string() }),
  /** Forces the breaker of a link, and undoes that like a fault by hand; at the latest with the run that is on. */
  z.object({
    id: z.int(),
    op: z.literal('breaker.force'),
    link: z.enum(linkIds),
    state: z.enum(forcedStates),
    ttlMs: z.number().positive(),
  }),
  /** Asks the run that is on for another rate of one of its loads; answers what the run answers. */
  z.object({ id: z.int(), op: z.literal('load.set'), load: z.string(), perSecond: z.number().positive() }),
  /** The run's answer to a push `load`; `error`: why it cannot be. */
  z.object({ id: z.int(), op: z.literal('load.answer'), ask: z.int(), error: z.string().nullable() }),
  /** Makes the whole fleet whole. Refused while a run holds it; `force` ends the run first. Answers what was broken, in words. */
  z.object({ id: z.int(), op: z.literal('reset'), force: z.boolean() }),
  z.object({ id: z.int(), op: z.literal('down') }),
]);

export const messageSchema = z.union([
  z.object({ id: z.int(), ok: z.literal(true), result: z.unknown().optional() }),
  z.object({
    id: z.int(),
    ok: z.literal(false),
    error: z.object({
      code: z.string(),
      message: z.string(),
      hint: z.string().optional(),
      exitCode: z.literal(Object.values(exitCodes)).optional(),
    }),
  }),
  z.object({ push: z.literal('started'), process: z.string() }),
  /** What a start is busy with. */
  z.object({ push: z.literal('progress'), text: z.string() }),
  z.object({
    push: z.literal('exited'),
    process: z.string(),
    code: z.int().nullable(),
    signal: z.string().nullable(),
    tail: z.array(z.string()),
  }),
  /** An undo that could not be carried out: something is still broken. */
  z.object({ push: z.literal('undo-failed'), key: z.string(), message: z.string() }),
  /** To the run that holds the fleet: somebody else has touched it. */
  z.object({ push: z.literal('hand'), hand: byHandSchema }),
  /** To those who watch: a run has begun, or (null) the one that was on has let go of the fleet. */
  z.object({ push: z.literal('run'), run: holdingRunSchema.nullable() }),
  /** To the run that holds the fleet, which answers with `load.answer`. */
  z.object({ push: z.literal('load'), ask: z.int(), load: z.string(), perSecond: z.number() }),
]);

type DistributiveOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;

export type ControlRequest = Readonly<z.infer<typeof requestSchema>>;
export type ControlMessage = Readonly<z.infer<typeof messageSchema>>;
export type ControlPush = Extract<ControlMessage, { push: string }>;
export type ControlCall = DistributiveOmit<ControlRequest, 'id'>;
