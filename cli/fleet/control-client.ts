// A command's end of the keeper's control socket.
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { z } from 'zod';
import { SmartOrdersError } from '../errors.ts';
import { type ControlCall, type ControlPush, messageSchema } from './control-protocol.ts';

export interface KeeperClient extends AsyncDisposable {
  call(call: ControlCall): Promise<void>;
  /** For what is answered with something. */
  ask<S extends z.ZodType>(call: ControlCall, answer: S): Promise<z.output<S>>;
  /** Resolves when the keeper, or the connection to it, is gone. */
  readonly closed: Promise<void>;
  onPush(listener: (push: ControlPush) => void): void;
}

export interface ConnectOptions {
  readonly port: number;
  readonly token: string;
  /** An ephemeral fleet ends when its owner's connection closes. */
  readonly owner?: boolean;
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Errors: `keeper-gone` when nobody listens or the keeper leaves before it has answered. */
export async function connectKeeper({ port, token, owner = false }: ConnectOptions): Promise<KeeperClient> {
  const socket = await open(port);
  const pending = new Map<number, Pending>();
  const listeners: ((push: ControlPush) => void)[] = [];
  let lastId = 0;

  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      for (const { reject } of pending.values()) reject(keeperGone());
      pending.clear();
      resolve();
    });
  });
  socket.on('error', () => {
    // 'close' follows and tells everybody.
  });
  createInterface({ input: socket }).on('line', (line) => {
    const message = messageSchema.parse(JSON.parse(line));
    if ('push' in message) {
      for (const listener of listeners) listener(message);
      return;
    }
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.ok) waiting?.resolve(message.result);
    else waiting?.reject(new SmartOrdersError(message.error.code, message.error.message, message.error));
  });

  const send = (request: ControlCall): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (socket.destroyed) return reject(keeperGone());
      lastId += 1;
      pending.set(lastId, { resolve, reject });
      socket.write(`${JSON.stringify({ ...request, id: lastId })}\n`);
    });

  await send({ op: 'hello', token, owner });
  return {
    call: async (request) => {
      await send(request);
    },
    ask: async (request, answer) => answer.parse(await send(request)),
    closed,
    onPush: (listener) => listeners.push(listener),
    [Symbol.asyncDispose]: async () => {
      socket.end();
      await closed;
    },
  };
}

const keeperGone = (): SmartOrdersError =>
  new SmartOrdersError('keeper-gone', 'the keeper of this fleet is gone', {
    hint: 'run `smartorders down` to clean up, then `smartorders up`',
  });

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => reject(keeperGone()));
  });
}
