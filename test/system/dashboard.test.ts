// The dashboard on a real terminal: whatever happens to it, the terminal is as it was, and nothing stays broken or running.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aWorld, freeBasePort, root, type World } from '../support/cli.ts';
import { aTmux, hasTmux, smartorders, type Tmux } from '../support/tmux.ts';

const scenario = join(root, 'test/scenarios/brief-outage.yaml');
const run = `${smartorders} scenario run ${scenario}; echo "code=$?"`;

let world: World;
let tmux: Tmux;

beforeEach(async () => {
  world = aWorld();
  // NO_COLOR is for tests that read lines; a screen is read through tmux.
  tmux = aTmux({ cwd: world.cwd, env: { ...world.env, TERM: 'screen-256color' } });
  tmux.type('clear; stty -g > before; echo old-content');
  await tmux.shows(/^old-content\nready>$/m);
});
afterEach(async () => {
  tmux[Symbol.dispose]();
  await world[Symbol.asyncDispose]();
});

/** As it was before: modes, cursor, screen, and a shell that answers. */
async function expectWhole(): Promise<void> {
  tmux.type('stty -g > after; cmp before after && echo "same" "modes"');
  await tmux.shows(/^same modes$/m);
  expect(tmux.state()).toEqual({ cursor: true, alternate: false });
}

async function inDashboard(): Promise<void> {
  await tmux.shows(/LINKS[\s\S]*order → payment[\s\S]*q quit/);
  expect(tmux.state().alternate).toBe(true);
}

/** Processes of this world whose command line has these words; the dashboard's own has no channel to its viewer. */
function pidOf(words: RegExp, isViewed: boolean): number {
  const pid = findPid(words, isViewed);
  if (pid === null) throw new Error(`no process like ${words}`);
  return pid;
}

const isThere = (words: RegExp): boolean => findPid(words, true) !== null;

function findPid(words: RegExp, isViewed: boolean): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      const isOurs = environment.includes(`XDG_STATE_HOME=${world.env.XDG_STATE_HOME}`);
      if (isOurs && words.test(command) && environment.includes('SMARTORDERS_VIEWED=') === isViewed) return Number(pid);
    } catch {
      // It left while we looked.
    }
  }
  return null;
}

async function untilGone(): Promise<void> {
  await expect.poll(() => world.fleets().length, { timeout: 30_000 }).toBe(0);
  // Its reports are written behind that.
  const isRunning = () => [true, false].some((isViewed) => findPid(/main\.js scenario run/, isViewed) !== null);
  await expect.poll(isRunning, { timeout: 30_000 }).toBe(false);
}

const journal = (): string => readFileSync(join(world.reportFolder(), 'journal.ndjson'), 'utf8');

describe.runIf(hasTmux && process.platform === 'linux')('a run in the dashboard', () => {
  it('starts with lines, shows the run, takes keys and sizes, and ends with the verdict on the normal screen', async () => {
    tmux.type(run);
    await tmux.shows(/order +ready/);
    await inDashboard();
    tmux.keys('?');
    await tmux.shows(/Ctrl-Z|suspend/i);
    tmux.keys('Escape');
    await tmux.shows(/LINKS/);
    tmux.resize(80, 24);
    await tmux.shows(/q quit/);
    tmux.resize(120, 40);
    await tmux.shows(/q quit/);
    tmux.resize(100, 30);
    await tmux.shows(/OVER/);
    expect(tmux.state().alternate).toBe(true);
    tmux.keys('q');
    const screen = await tmux.shows(/code=\d+/);
    expect(screen).toMatch(/wrote .*report\.json/);
    await expectWhole();
    await untilGone();
  });

  it('goes on while its view is suspended', async () => {
    tmux.type(run);
    await inDashboard();
    tmux.keys('C-z');
    await tmux.shows(/Stopped[\s\S]*ready>/);
    await expectWhole();
    const before = journal().length;
    await expect.poll(() => journal().length, { timeout: 10_000 }).toBeGreaterThan(before);
    tmux.type('fg');
    await inDashboard();
    await tmux.shows(/OVER/);
    tmux.keys('q');
    await tmux.shows(/report [\d.]+ s\nready>/);
    await expectWhole();
  });

  it('asks before it is interrupted, and undoes', async () => {
    tmux.type(run);
    await inDashboard();
    tmux.keys('C-c');
    await tmux.shows(/The run is still on/);
    tmux.keys('x');
    await inDashboard();
    tmux.keys('q');
    await tmux.shows(/The run is still on/);
    tmux.keys('q');
    await tmux.shows(/code=130/);
    await expectWhole();
    await untilGone();
    expect(journal()).toMatch(/"type":"run.ended","reason":"interrupted"/);
  });

  it('is stopped and undone when its view is killed, and the terminal is put right', async () => {
    tmux.type(run);
    await inDashboard();
    process.kill(pidOf(/main\.js scenario run/, false), 'SIGKILL');
    await tmux.shows(/The dashboard was killed: the run is stopped/);
    await expectWhole();
    await untilGone();
    expect(journal()).toMatch(/"type":"run.ended","reason":"interrupted"/);
  });

  it('that is killed is told, and the terminal is whole', async () => {
    tmux.type(run);
    await inDashboard();
    process.kill(pidOf(/main\.js scenario run/, true), 'SIGKILL');
    await tmux.shows(/ended with 137|OVER|lost/i);
    tmux.keys('q');
    await tmux.shows(/code=137/);
    await expectWhole();
    await untilGone();
  });

  it('goes on in lines to its verdict when the dashboard breaks', async () => {
    const crash = join(world.cwd, 'crash.mjs');
    writeFileSync(
      crash,
      `if (process.argv.includes('scenario') && !process.env.SMARTORDERS_VIEWED) {
        process.on('SIGUSR2', () => { throw new Error('planted'); });
      }`,
    );
    tmux.type(`NODE_OPTIONS=--import=${crash} ${run}`);
    await inDashboard();
    process.kill(pidOf(/main\.js scenario run/, false), 'SIGUSR2');
    await tmux.shows(/the dashboard broke: planted; the run goes on/);
    expect(tmux.state()).toEqual({ cursor: true, alternate: false });
    const screen = await tmux.shows(/code=\d+/);
    expect(screen).toMatch(/wrote .*report\.json/);
    await expectWhole();
  });

  it('ends as it would without a view when it is told to end', async () => {
    tmux.type(run);
    await inDashboard();
    process.kill(pidOf(/main\.js scenario run/, false), 'SIGTERM');
    await tmux.shows(/code=143/);
    await expectWhole();
    await untilGone();
  });
});

describe.runIf(hasTmux && process.platform === 'linux')('the dashboard of a fleet', () => {
  it('plays with one of its own, and takes everything along when it is left', async () => {
    tmux.type(`${smartorders} dashboard --load 10/s; echo "code=$?"`);
    await inDashboard();
    tmux.keys('o');
    await tmux.shows(/forced open/);
    tmux.keys('q');
    await tmux.shows(/code=0/);
    await expectWhole();
    await untilGone();
    expect(journal()).toMatch(/"manual":true/);
    expect(journal()).toMatch(/"type":"hand","action":"breaker","target":"[a-z>-]+","detail":"forced open"/);
  });

  it('that is killed leaves nothing: no run, no fault, no forced breaker, and the terminal as it was', async () => {
    await world.run('up', '--base-port', String(await freeBasePort()));
    tmux.type(`${smartorders} dashboard --load 10/s`);
    await inDashboard();
    tmux.keys('o');
    await tmux.shows(/forced open/);
    process.kill(pidOf(/main\.js dashboard/, false), 'SIGKILL');
    await tmux.shows(/The dashboard was killed: the run is stopped, everything undone/);
    await expectWhole();
    await expect.poll(() => journal(), { timeout: 30_000 }).toMatch(/"type":"run.ended","reason":"interrupted"/);
    await expect.poll(() => isThere(/main\.js __playground/), { timeout: 30_000 }).toBe(false);
    expect((await world.run('fault', 'list')).stdout).toMatch(/no fault stands/);
    const { code, stdout } = await world.run('status');
    expect([code, stdout]).toEqual([0, expect.not.stringMatching(/forced/)]);
  });

  it('attaches to a run, and is stopped, called back, resized and left without the run minding', async () => {
    await world.run('up', '--base-port', String(await freeBasePort()));
    const running = world.start('scenario', 'run', scenario);
    await running.line(/phase baseline/);
    tmux.type(`${smartorders} dashboard`);
    await inDashboard();
    await tmux.shows(/brief-outage/);
    tmux.keys('C-z');
    await tmux.shows(/Stopped[\s\S]*ready>/);
    await expectWhole();
    tmux.type('fg');
    await inDashboard();
    tmux.resize(60, 15);
    await tmux.shows(/q quit/);
    tmux.resize(50, 12);
    await tmux.shows(/the dashboard needs 60x15/);
    tmux.resize(100, 30);
    await inDashboard();
    tmux.keys('q');
    await tmux.shows(/\nready>$/);
    await expectWhole();
    expect((await running.finished).stdout).toMatch(/wrote .*report\.json/);
  });

  it('refuses another rate for a load that the run does not have, as a wrong command line', async () => {
    await world.run('up', '--base-port', String(await freeBasePort()));
    const running = world.start('scenario', 'run', scenario);
    await running.line(/phase baseline/);

    const { code, stderr } = await world.run('load', 'set', 'nobody', '20/s');

    expect([code, stderr]).toEqual([3, expect.stringMatching(/the run has no load nobody; it has checkout/)]);
    running.kill('SIGINT');
    await running.finished;
  });
});

describe.runIf(hasTmux && process.platform === 'linux')('a replay', () => {
  const recorded = join(root, 'test/journals/failed.ndjson');
  const replay = `${smartorders} replay ${recorded} --speed 0.5`;

  it('is played, moved, resized and left, with the verdict on the normal screen', async () => {
    tmux.type(`${replay}; echo "code=$?"`);
    await inDashboard();
    tmux.keys('End');
    await tmux.shows(/OVER/);
    tmux.keys('Space');
    await tmux.shows(/▶ 0\.5x/);
    tmux.resize(80, 24);
    await inDashboard();
    tmux.resize(100, 30);
    await inDashboard();
    tmux.keys('q');
    expect(await tmux.shows(/code=0/)).toMatch(/✘ failed/);
    await expectWhole();
  });

  it.each([
    ['by itself', replay],
    ['through npx', `npx --call "node '${root}bin/smartorders.cjs' replay ${recorded} --speed 0.5"`],
  ])('is stopped and called back, %s', async (_, line) => {
    tmux.type(line);
    await inDashboard();
    tmux.keys('C-z');
    await tmux.shows(/Stopped[\s\S]*ready>/);
    await expectWhole();
    tmux.type('fg');
    await inDashboard();
    tmux.keys('q');
    await tmux.shows(/✘ failed[\s\S]*\nready>$/);
    await expectWhole();
  });

  it('gives the terminal back when it is told to end', async () => {
    tmux.type(replay);
    await inDashboard();
    process.kill(pidOf(/main\.js replay/, false), 'SIGTERM');
    await tmux.shows(/Terminated|ready>$/);
    await expectWhole();
  });

  it('gives the terminal back when it breaks, and says that this is a bug', async () => {
    const crash = join(world.cwd, 'crash.mjs');
    writeFileSync(crash, `process.on('SIGUSR2', () => { throw new Error('planted'); });`);
    tmux.type(`NODE_OPTIONS=--import=${crash} ${replay}; echo "code=$?"`);
    await inDashboard();
    process.kill(pidOf(/main\.js replay/, false), 'SIGUSR2');
    expect(await tmux.shows(/code=70/)).toMatch(/This is a bug in SmartOrders: planted/);
    await expectWhole();
  });
});
