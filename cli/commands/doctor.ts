// `smartorders doctor`: whether this machine has what a fleet and a run need. Changes nothing.
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { portsFrom } from '../../services/fleet.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { lookAtExternal } from '../fleet/database.ts';
import { fleetsOf } from '../fleet/fleets.ts';
import { databaseRoot, packageFolder, stateFolder } from '../fleet/paths.ts';
import { isAlive } from '../fleet/pid.ts';
import { allPorts, takenOf } from '../fleet/ports.ts';
import { embeddedVersion } from '../fleet/postgres.ts';
import { type Paint, plain } from '../report/paint.ts';
import { systemClock } from '../runner/clock.ts';
import type { Terminal } from '../terminal.ts';
import { counted } from '../verdict/figures.ts';
import { neededNode } from '../version.ts';
import { judgeClock, watchClock } from './doctor/clock.ts';
import { judgeDatabase } from './doctor/database.ts';
import { judgeDocker, lookAtDocker } from './doctor/docker.ts';
import type { Finding } from './doctor/finding.ts';
import { judgeFolder, lookAtFolder } from './doctor/folder.ts';
import { judgeLeftovers } from './doctor/leftovers.ts';
import { judgeMachine } from './doctor/machine.ts';
import { judgeNode } from './doctor/node.ts';
import { judgePorts } from './doctor/ports.ts';
import { settled } from './doctor/settled.ts';
import { judgeTerminal } from './doctor/terminal.ts';
import { judgeToxiproxy, realVersion, tryEmbedded } from './doctor/toxiproxy.ts';

export interface DoctorOptions {
  readonly basePort: number;
  readonly json?: boolean;
}

/** Exit code 5 when something that is needed is broken. */
export async function doctor({ basePort, json = false }: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const together = await Promise.all(checks(basePort, terminal).map(([name, look]) => settled(name, look)));
  // Alone, and last: what the other checks do would make its timers late.
  const alone = await settled('clock', async () =>
    judgeClock(await watchClock({ clock: systemClock, wall: Date.now, forMs: clockMs })),
  );
  const findings = [...together, alone];
  const isWell = findings.every(({ standing }) => standing !== 'problem');
  if (json) terminal.out(JSON.stringify({ ok: isWell, checks: findings }, null, 2));
  else show(findings, terminal);
  return isWell ? exitCodes.passed : exitCodes.environment;
}

const clockMs = 500;

// --- internal ---

type Check = readonly [name: string, look: () => Promise<Finding> | Finding];

function checks(basePort: number, { env, cwd, paint, size }: Terminal): readonly Check[] {
  const node = { version: process.versions.node, needed: neededNode(), binary: process.execPath };
  return [
    ['node', () => judgeNode(node)],
    ['ports', () => portsCheck(basePort, env)],
    ['database', () => databaseCheck(env)],
    ['toxiproxy', () => toxiproxyCheck(env)],
    ['docker', async () => judgeDocker(await lookAtDocker(), env.DOCKER_HOST ?? 'the default socket')],
    [
      'state',
      () => judgeFolder('state', lookAtFolder(stateFolder(env)), 'set XDG_STATE_HOME to a folder you can write to'),
    ],
    [
      'reports',
      () =>
        judgeFolder(
          'reports',
          lookAtFolder(resolve(cwd, 'reports')),
          'name a folder you can write to: --reports <folder>',
        ),
    ],
    ['machine', () => judgeMachine(machineNow())],
    ['leftovers', () => leftoversCheck(env)],
    ['terminal', () => judgeTerminal({ size, isColoured: paint !== plain })],
  ];
}

async function portsCheck(basePort: number, env: NodeJS.ProcessEnv): Promise<Finding> {
  const ports = allPorts(portsFrom(basePort));
  const fleets = fleetsOf(env).live.map((fleet) => ({ name: fleet.name, ports: allPorts(fleet.ports) }));
  return judgePorts({ ports, taken: await takenOf(ports), fleets });
}

async function databaseCheck(env: NodeJS.ProcessEnv): Promise<Finding> {
  const { DATABASE_URL: url } = env;
  if (url !== undefined) return judgeDatabase({ kind: 'external', ...(await lookAtExternal(url)) });
  return judgeDatabase({ kind: 'embedded', version: await embeddedVersion(databaseRoot(env)) });
}

async function toxiproxyCheck(env: NodeJS.ProcessEnv): Promise<Finding> {
  const [embeddedMs, real] = await Promise.all([tryEmbedded(join(packageFolder(), 'dist'), env), realVersion(env)]);
  return judgeToxiproxy({ embeddedMs, real });
}

const machineNow = () => ({
  cores: availableParallelism(),
  // Within what a container is given.
  freeBytes: process.availableMemory(),
  totalBytes: Math.min(totalmem(), process.constrainedMemory() || totalmem()),
});

const leftoversCheck = (env: NodeJS.ProcessEnv): Finding =>
  judgeLeftovers(
    fleetsOf(env).dead.map(({ name, processes }) => ({
      fleet: name,
      alive: Object.values(processes).filter((process) => isAlive(process)).length,
    })),
  );

function show(findings: readonly Finding[], { out, paint }: Terminal): void {
  for (const { check, standing, seen, todo } of findings) {
    out(`${mark(standing, paint)} ${check.padEnd(10)} ${seen}`);
    if (todo !== undefined) out(paint.dim(`${' '.repeat(13)}${todo}`));
  }
  const problems = findings.filter(({ standing }) => standing === 'problem').length;
  out('');
  out(problems === 0 ? paint.ok('all that is needed is there') : paint.bad(`${counted(problems, 'problem')} to mend`));
}

function mark(standing: Finding['standing'], { ok, warn, bad }: Paint): string {
  if (standing === 'ok') return ok('✔');
  return standing === 'note' ? warn('·') : bad('✘');
}
