// A dashboard that is killed cannot put its terminal right: the run's process, which hears of it, does that in its place.
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, constants, openSync, writeSync } from 'node:fs';
import { z } from 'zod';

/** In the environment of a run's process: the terminal it is shown on, as it was before. */
export const terminalVariable = 'SMARTORDERS_TERMINAL';

const terminalSchema = z.object({ path: z.string(), settings: z.string() });

/** The normal screen, a visible cursor, pasted text as it is typed. */
export const normalScreen = '\u001b[?1049l\u001b[?25h\u001b[?2004l';

/** null: no terminal, or a system without these tools. */
export function terminalNow(): string | null {
  try {
    const ask = (program: string, ...args: string[]): string =>
      execFileSync(program, args, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).trim();
    return JSON.stringify({ path: ask('tty'), settings: ask('stty', '-g') });
  } catch {
    return null;
  }
}

/** From now on: whoever shows us has gone without a word. */
export function rescueTerminal(env: NodeJS.ProcessEnv): void {
  const told = env[terminalVariable];
  if (told === undefined) return;
  const { path, settings } = terminalSchema.parse(JSON.parse(told));
  process.once('disconnect', () => restore(path, settings));
  process.channel?.unref();
}

// --- internal ---

function restore(path: string, settings: string): void {
  try {
    const terminal = openSync(path, constants.O_RDWR | constants.O_NOCTTY);
    const stty = (...args: string[]): string =>
      spawnSync('stty', args, { stdio: [terminal, 'pipe', 'ignore'], encoding: 'utf8' }).stdout;
    // A shell that edits lines has its own modes back by now, with signals on; raw is what the dashboard has left behind.
    if (stty('-a').includes('-isig')) stty(settings);
    writeSync(terminal, `${normalScreen}\r\nThe dashboard was killed: the run is stopped, everything undone.\r\n`);
    closeSync(terminal);
  } catch {
    // The terminal is gone as well.
  }
}
