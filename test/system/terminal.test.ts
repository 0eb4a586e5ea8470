import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { eventuallyNothing, readText, root } from '../support/cli.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;

interface Terminal extends Disposable {
  readonly folder: string;
  type(...keys: string[]): void;
  screen(): string;
  /** Until the screen shows it. */
  shows(pattern: RegExp, withinMs: number): Promise<void>;
}

/** A terminal of 120×40 with a shell in the checkout, on a tmux server of its own. */
function aTerminal(): Terminal {
  const folder = mkdtempSync(join(tmpdir(), 'smartorders-tmux-'));
  const tmux = (...args: string[]): string =>
    execFileSync('tmux', ['-S', join(folder, 'socket'), ...args], { encoding: 'utf8' });
  const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state'), PS1: '$ ' };
  execFileSync('tmux', ['-S', join(folder, 'socket'), 'new-session', '-d', '-x', '120', '-y', '40', 'bash --norc'], {
    cwd: root,
    env,
  });
  const screen = (): string => tmux('capture-pane', '-p', '-S', '-200');
  return {
    folder,
    screen,
    type: (...keys) => void tmux('send-keys', ...keys),
    shows: (pattern, withinMs) =>
      eventuallyNothing(async () => (pattern.test(screen()) ? [] : [`no ${pattern} in\n${screen()}`]), withinMs),
    [Symbol.dispose]: () => {
      tmux('kill-server');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

describe.skipIf(!hasTmux)('on a terminal', () => {
  it('Ctrl-C in the outage, through npx, ends the run once: reports written, fleet gone, exit 130', async () => {
    using terminal = aTerminal();
    const reports = join(terminal.folder, 'reports');
    terminal.type(
      `npx smartorders scenario run test/scenarios/long-outage.yaml --no-dashboard --reports ${reports}`,
      'Enter',
    );
    await terminal.shows(/closed -> open/, 60_000);
    terminal.type('C-c');
    await terminal.shows(/wrote .*report\.md/, 20_000);
    // A line of its own: after a Ctrl-C the shell gives up the rest of the one it was in.
    terminal.type('echo "left with $?"', 'Enter');
    await terminal.shows(/left with \d+/, 20_000);
    expect(terminal.screen()).toMatch(/left with 130/);
    const [run = ''] = readdirSync(reports);
    expect(JSON.parse(readText(reports, run, 'report.json')).verdict).toBe('interrupted');
    const state = join(terminal.folder, 'state', 'smartorders');
    expect(existsSync(state) ? readdirSync(state).filter((name) => name.startsWith('run-')) : []).toEqual([]);
  });

  it('is coloured, and plain where NO_COLOR says so', async () => {
    using terminal = aTerminal();
    terminal.type('npx smartorders scenario list | cat -v; echo one-done', 'Enter');
    await terminal.shows(/^one-done/m, 20_000);
    expect(terminal.screen()).not.toContain('^[[');
    terminal.type('script -qc "npx smartorders scenario list" /dev/null | cat -v; echo; echo two-done', 'Enter');
    await terminal.shows(/^two-done/m, 20_000);
    expect(terminal.screen()).toContain('^[[1m');
    terminal.type(
      'clear; NO_COLOR=1 script -qc "npx smartorders scenario list" /dev/null | cat -v; echo; echo three-done',
      'Enter',
    );
    await terminal.shows(/^three-done/m, 20_000);
    expect(terminal.screen().slice(terminal.screen().lastIndexOf('NO_COLOR'))).not.toContain('^[[1m');
  });
});
