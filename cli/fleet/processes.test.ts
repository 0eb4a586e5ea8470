import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { linkIds, portCount, portsFrom, portsOf } from '../../services/fleet.ts';
import { type Child, startChild } from './child.ts';
import { isAlive } from './pid.ts';
import { allPorts, assertFree, claim, freeBlock, isFree } from './ports.ts';
import { endAll, linkPlans, until } from './processes.ts';

interface Place extends Disposable {
  node(name: string, script: string): Child;
}

function aPlace(): Place {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-child-'));
  return {
    node: (name, script) =>
      startChild({
        name,
        command: process.execPath,
        args: ['-e', script],
        env: process.env,
        logFile: join(folder, `${name}.log`),
      }),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

const never = async (): Promise<boolean> => false;
const leavesWithStdin = `process.stdin.on('close', () => process.exit(0)).resume()`;

describe('starting', () => {
  it('reports a process that dies with how it died and its last lines', async () => {
    using place = aPlace();
    const child = place.node('payment', `console.log('one'); console.error('no such schema'); process.exit(7)`);
    await expect(until(child, never)).rejects.toMatchObject({
      code: 'died-during-start',
      message: expect.stringMatching(/payment died while starting \(exit code 7\)\n {4}one\n {4}no such schema/),
    });
  });

  it('reports a program that is not there', async () => {
    using place = aPlace();
    void place;
    const child = startChild({
      name: 'db',
      command: '/no/such/program',
      args: [],
      env: {},
      logFile: join(tmpdir(), `smartorders-no-program-${process.pid}.log`),
    });
    await expect(until(child, never)).rejects.toMatchObject({ code: 'died-during-start' });
    rmSync(child.logFile);
  });
});

describe('ending', () => {
  it('asks by closing stdin, and kills what does not listen', async () => {
    using place = aPlace();
    const polite = place.node('user', leavesWithStdin);
    const busy = place.node('order', 'for (;;);');
    await endAll(new Map([polite, busy].map((child) => [child.name, child])));
    expect([polite, busy].map(({ ref }) => isAlive(ref))).toEqual([false, false]);
    expect(polite.exit()).toEqual({ code: 0, signal: null });
    expect(busy.exit()).toEqual({ code: null, signal: 'SIGKILL' });
  });
});

describe('ports', () => {
  it('follow the base port, the Toxiproxy API included', () => {
    const ports = portsFrom(6_000);
    expect(ports.services).toEqual({ gateway: 6000, user: 6001, order: 6002, inventory: 6003, payment: 6004 });
    expect(ports).toMatchObject({ database: 6005, toxiproxy: 9474 });
    expect(Object.entries(ports.links)[0]).toEqual(['gateway->user', 6010]);
    expect(new Set(allPorts(ports)).size).toBe(portCount);
  });

  it('of an ephemeral fleet are free and side by side', async () => {
    const { controlPort, ports } = await freeBlock(Math.random);
    const all = [controlPort, ...allPorts(ports)].sort((a, b) => a - b);
    expect((all.at(-1) ?? 0) - controlPort).toBe(portCount);
    for (const port of all) expect(await isFree(port)).toBe(true);
  });

  it('that are taken are all named', async () => {
    const { controlPort: port } = await freeBlock(Math.random);
    const servers = [await claim(port), await claim(port + 1)];
    expect(await claim(port)).toBeNull();
    await expect(assertFree([port, port + 1, port + 2])).rejects.toMatchObject({
      code: 'port-taken',
      exitCode: 5,
      message: expect.stringMatching(new RegExp(`^port ${port} is taken.*; port ${port + 1} is taken[^;]*$`)),
      hint: expect.stringContaining('--base-port'),
    });
    for (const server of servers) server?.close();
  });
});

describe('links', () => {
  it('each lead from a port of their own to their callee', () => {
    const ports = portsOf(Array.from({ length: portCount }, (_, index) => 1_000 + index));
    const plans = linkPlans(ports, '127.0.0.1:5432');
    expect(plans.map(({ link }) => link)).toEqual(linkIds);
    expect(new Set(plans.map(({ listen }) => listen)).size).toBe(linkIds.length);
    expect(plans.find(({ link }) => link === 'order->payment')?.upstream).toBe(`127.0.0.1:${ports.services.payment}`);
    expect(plans.find(({ link }) => link === 'order->db')?.upstream).toBe('127.0.0.1:5432');
  });
});
