import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { SmartOrdersError } from '../errors.ts';
import { connectKeeper } from './control-client.ts';
import { type ControlHandlers, type ControlServer, serveControl } from './control-server.ts';

interface Fixture extends AsyncDisposable {
  readonly server: ControlServer;
  readonly gone: Promise<number>;
}

async function aServer(handle: ControlHandlers['handle'] = async () => {}): Promise<Fixture> {
  const gone = Promise.withResolvers<number>();
  const server = await serveControl({ port: 0, token: 'secret', handle, gone: ({ id }) => gone.resolve(id) });
  return { server, gone: gone.promise, [Symbol.asyncDispose]: () => server.close() };
}

describe('the control socket', () => {
  it('answers a call, and an error with its code, its hint and what the command line ends with', async () => {
    await using fixture = await aServer(async ({ op }) => {
      if (op === 'lease') throw new SmartOrdersError('leased', 'taken by run r1', { hint: 'wait', exitCode: 3 });
    });
    await using client = await connectKeeper({ port: fixture.server.port, token: 'secret' });
    await client.call({ op: 'ready' });
    await expect(client.call({ op: 'lease', run: 'r2', journal: '/r2.ndjson' })).rejects.toMatchObject({
      code: 'leased',
      message: 'taken by run r1',
      hint: 'wait',
      exitCode: 3,
    });
  });

  it('answers with what was asked for', async () => {
    await using fixture = await aServer(async ({ op }) => (op === 'fault.list' ? ['hand/1'] : undefined));
    await using client = await connectKeeper({ port: fixture.server.port, token: 'secret' });
    expect(await client.ask({ op: 'fault.list' }, z.array(z.string()))).toEqual(['hand/1']);
    expect(await client.call({ op: 'ready' })).toBeUndefined();
  });

  it('pushes to one client only', async () => {
    await using fixture = await aServer();
    const { port } = fixture.server;
    await using first = await connectKeeper({ port, token: 'secret' });
    await using second = await connectKeeper({ port, token: 'secret' });
    const pushed = { first: [] as unknown[], second: [] as unknown[] };
    first.onPush((push) => pushed.first.push(push));
    second.onPush((push) => pushed.second.push(push));
    const push = { push: 'hand', hand: { change: 'reset' } } as const;
    fixture.server.push(1, push);
    fixture.server.push(7, push);
    // Answers come behind what was pushed before.
    await Promise.all([first.call({ op: 'ready' }), second.call({ op: 'ready' })]);
    expect(pushed).toEqual({ first: [push], second: [] });
  });

  it('hangs up on a wrong token and on what is not a request', async () => {
    await using fixture = await aServer();
    const { port } = fixture.server;
    await expect(connectKeeper({ port, token: 'guess' })).rejects.toMatchObject({ code: 'keeper-gone' });
    const socket = connect(port, '127.0.0.1');
    socket.write('GET / HTTP/1.1\n');
    await new Promise((resolve) => socket.resume().once('close', resolve));
    const unopened = connect(port, '127.0.0.1');
    unopened.write('{"id":1,"op":"down"}\n');
    await new Promise((resolve) => unopened.resume().once('close', resolve));
  });

  it('pushes to every client and says when one has left', async () => {
    await using fixture = await aServer();
    const client = await connectKeeper({ port: fixture.server.port, token: 'secret' });
    const pushed = new Promise((resolve) => client.onPush(resolve));
    fixture.server.broadcast({ push: 'started', process: 'order' });
    expect(await pushed).toEqual({ push: 'started', process: 'order' });
    await client[Symbol.asyncDispose]();
    expect(await fixture.gone).toBe(1);
  });

  it('fails what is waiting when the keeper leaves', async () => {
    const asked = Promise.withResolvers<void>();
    const fixture = await aServer(({ op }) => {
      if (op !== 'ready') return Promise.resolve();
      asked.resolve();
      return new Promise(() => {});
    });
    const client = await connectKeeper({ port: fixture.server.port, token: 'secret' });
    const waiting = client.call({ op: 'ready' });
    await asked.promise;
    await Promise.all([fixture.server.close(), expect(waiting).rejects.toMatchObject({ code: 'keeper-gone' })]);
    await expect(client.call({ op: 'ready' })).rejects.toMatchObject({ code: 'keeper-gone' });
  });
});
