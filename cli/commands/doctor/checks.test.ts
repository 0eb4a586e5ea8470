import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SmartOrdersError } from '../../errors.ts';
import { virtualClock } from '../../testing/virtual-clock.ts';
import { type ClockFacts, judgeClock, watchClock } from './clock.ts';
import { judgeDatabase } from './database.ts';
import { judgeDocker, lookAtDocker } from './docker.ts';
import type { Finding } from './finding.ts';
import { judgeFolder, lookAtFolder } from './folder.ts';
import { judgeLeftovers } from './leftovers.ts';
import { judgeMachine } from './machine.ts';
import { judgeNode } from './node.ts';
import { judgePorts } from './ports.ts';
import { settled } from './settled.ts';
import { judgeTerminal } from './terminal.ts';
import { judgeToxiproxy, tryEmbedded } from './toxiproxy.ts';

const steady: ClockFacts = { lateness: [0.1, 0.2], backMs: 0, wallJumpMs: 1 };
const node = (version: string): Finding => judgeNode({ version, needed: '22.19', binary: '/usr/bin/node' });
const folder = (isWritable: boolean, freeBytes: number): Finding =>
  judgeFolder('state', { folder: '/state', isWritable, freeBytes }, 'set XDG_STATE_HOME');
const machine = (cores: number, freeBytes: number): Finding => judgeMachine({ cores, freeBytes, totalBytes: 8e9 });
const ports = [5000, 5001];
const taken = [{ port: 5001, owner: { pid: 4711, name: 'node' } }];
const fleet = { name: 'default', ports };
const docker = '/var/run/docker.sock';

const verdicts: readonly (readonly [string, Finding, Finding['standing'], RegExp])[] = [
  ['the Node that is needed', node('22.19.0'), 'ok', /22\.19\.0 at \/usr\/bin\/node$/],
  ['a newer Node', node('24.0.1'), 'ok', /24\.0\.1/],
  ['a Node too old by its minor version', node('22.18.9'), 'problem', /older than 22\.19/],
  ['free ports', judgePorts({ ports, taken: [], fleets: [] }), 'ok', /2 ports from 5000 are free/],
  [
    'a port of somebody',
    judgePorts({ ports, taken, fleets: [] }),
    'problem',
    /port 5001 is taken by pid 4711 \(node\)/,
  ],
  ['ports of a fleet that is up', judgePorts({ ports, taken, fleets: [fleet] }), 'note', /fleet default, which is up/],
  ['the embedded database', judgeDatabase({ kind: 'embedded', version: 'postgres 18' }), 'ok', /postgres 18, embedded/],
  [
    'a server that lets us in',
    judgeDatabase({ kind: 'external', version: '17', mayCreate: true }),
    'ok',
    /17 of DATABASE_URL/,
  ],
  [
    'a server that does not let us create databases',
    judgeDatabase({ kind: 'external', version: '17', mayCreate: false }),
    'problem',
    /may not create/,
  ],
  ['a Docker engine', judgeDocker({ answers: true }, docker), 'ok', /docker\.sock/],
  ['no Docker engine', judgeDocker({ answers: false, reason: 'ENOENT' }, docker), 'note', /ENOENT/],
  ['no real Toxiproxy', judgeToxiproxy({ embeddedMs: 12.3, real: null }), 'ok', /12 ms; no toxiproxy-server/],
  ['a real Toxiproxy', judgeToxiproxy({ embeddedMs: 12.3, real: 'version 2.12.0' }), 'ok', /PATH: version 2\.12\.0/],
  ['a folder with room', folder(true, 5e9), 'ok', /5 GB free/],
  ['a folder with little room', folder(true, 0.9e9), 'note', /900 MB free/],
  ['a folder with no room', folder(true, 1e6), 'problem', /1 MB free/],
  ['a folder of somebody else', folder(false, 5e9), 'problem', /cannot be written/],
  ['a machine', machine(2, 4e9), 'ok', /2 cores, 4 GB of 8 GB/],
  ['a machine of one core', machine(1, 4e9), 'note', /1 core,/],
  ['a machine with little memory', machine(2, 0.9e9), 'note', /900 MB/],
  ['a machine without memory', machine(2, 0.3e9), 'problem', /300 MB/],
  ['no leftovers', judgeLeftovers([]), 'ok', /no dead fleet/],
  [
    'a fleet without its keeper',
    judgeLeftovers([{ fleet: 'old', alive: 1 }]),
    'note',
    /old \(1 of its processes live\)/,
  ],
  ['a terminal', judgeTerminal({ size: { columns: 80, rows: 24 }, isColoured: true }), 'ok', /80×24, colours/],
  ['a small terminal', judgeTerminal({ size: { columns: 79, rows: 24 }, isColoured: true }), 'note', /79×24/],
  ['no colours', judgeTerminal({ size: { columns: 80, rows: 24 }, isColoured: false }), 'ok', /no colours/],
  ['no terminal', judgeTerminal({ size: undefined, isColoured: false }), 'note', /no terminal/],
  ['a steady clock', judgeClock(steady), 'ok', /0\.2 ms late at p99/],
  ['late timers', judgeClock({ ...steady, lateness: [0, 21] }), 'note', /21 ms late at p99/],
  ['a wall clock that was set', judgeClock({ ...steady, wallJumpMs: 3_600_000 }), 'note', /jumped by 3600 s/],
  ['time that goes back', judgeClock({ ...steady, backMs: 3 }), 'problem', /back by 3 ms/],
];

describe('a finding', () => {
  it.each(verdicts)('%s', (_, finding, standing, words) => {
    expect(finding.standing).toBe(standing);
    expect(finding.seen).toMatch(words);
    if (standing === 'problem') expect(finding.todo).toMatch(/\w/);
  });

  it('is made of an error that says what to do', async () => {
    const look = () => Promise.reject(new SmartOrdersError('x', 'it is gone', { hint: 'fetch it' }));
    expect(await settled('thing', look)).toEqual({
      check: 'thing',
      standing: 'problem',
      seen: 'it is gone',
      todo: 'fetch it',
    });
  });

  it('is not made of a bug', async () => {
    await expect(settled('thing', () => Promise.reject(new TypeError('oops')))).rejects.toThrow('oops');
  });
});

describe('watching the clock', () => {
  it('tells how late timers were', async () => {
    const clock = virtualClock();
    const facts = await clock.drive(watchClock({ clock, wall: clock.now, forMs: 100 }));
    expect(facts).toMatchObject({ backMs: 0, wallJumpMs: 0 });
    expect(facts.lateness).toHaveLength(50);
    expect(Math.max(...facts.lateness)).toBe(0);
  });

  it('sees late timers, time that goes back, and a wall clock that jumps', async () => {
    const times = [0, 30, 25];
    let step = 0;
    const clock = { now: () => times[step] ?? 0, sleep: async () => void step++ };
    const facts = await watchClock({ clock, wall: () => (step === 0 ? 0 : 1_000), forMs: 500 });
    expect(facts).toEqual({ lateness: [28, -7], backMs: 5, wallJumpMs: 975 });
  });
});

function aFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), 'smartorders-doctor-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

describe('looking', () => {
  it('judges a folder that is not there yet by the one above it', () => {
    using temp = aFolder();
    const facts = lookAtFolder(join(temp.path, 'reports', 'deeper'));
    expect(facts.isWritable).toBe(true);
    expect(facts.freeBytes).toBeGreaterThan(0);
  });

  it('sees that a folder can never be made below a file', () => {
    using temp = aFolder();
    writeFileSync(join(temp.path, 'reports'), '');
    expect(lookAtFolder(join(temp.path, 'reports')).isWritable).toBe(false);
  });

  it('hears a Docker engine answer, and misses one that is not there or says nothing', async () => {
    using temp = aFolder();
    const socketPath = join(temp.path, 'docker.sock');
    expect(await lookAtDocker({ socketPath })).toMatchObject({
      answers: false,
      reason: expect.stringMatching(/ENOENT/),
    });
    let isTalking = true;
    const engine = createServer((_, response) => void (isTalking && response.end('OK'))).listen(socketPath);
    expect(await lookAtDocker({ socketPath })).toEqual({ answers: true });
    isTalking = false;
    expect(await lookAtDocker({ socketPath, patienceMs: 20 })).toMatchObject({ answers: false });
    engine.closeAllConnections();
    engine.close();
  });

  it('says that an embedded Toxiproxy does not start', async () => {
    using temp = aFolder();
    mkdirSync(join(temp.path, 'toxiproxy'));
    writeFileSync(join(temp.path, 'toxiproxy', 'main.js'), 'process.exit(1)');
    await expect(tryEmbedded(temp.path, process.env)).rejects.toThrow(/does not start or answer/);
  });
});
