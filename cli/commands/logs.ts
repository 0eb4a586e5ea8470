// `smartorders logs [service] [-f]`: the keeper's log files, the last lines first, then whatever is appended.
import { closeSync, existsSync, fstatSync, openSync, readdirSync, readSync, watch } from 'node:fs';
import { basename, join } from 'node:path';
import { SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { tailOf } from '../fleet/child.ts';
import { requireFleet } from '../fleet/fleet.ts';
import { watchSignals } from '../stop-signal.ts';
import type { Terminal } from '../terminal.ts';

export interface LogsOptions {
  readonly fleet: string;
  readonly follow?: boolean;
  readonly lines: number;
}

export async function logs(service: string | undefined, options: LogsOptions, terminal: Terminal): Promise<void> {
  const { logs: folder } = requireFleet(options.fleet, terminal.env);
  const known = readdirSync(folder)
    .filter((file) => file.endsWith('.log'))
    .sort();
  const files = service === undefined ? known : known.filter((file) => file === `${service}.log`);
  if (files.length === 0) {
    throw new SmartOrdersError('no-log', `there is no log of ${service}`, {
      exitCode: exitCodes.usage,
      hint: `there are logs of ${known.map((file) => basename(file, '.log')).join(', ')}`,
    });
  }
  const show = (file: string, line: string): void =>
    terminal.out(service === undefined ? `${terminal.paint.dim(basename(file, '.log').padEnd(10))} ${line}` : line);
  for (const file of files) {
    for (const line of tailOf(join(folder, file), options.lines)) if (line !== '') show(file, line);
  }
  if (options.follow === true) await follow(folder, files, show, terminal);
}

async function follow(
  folder: string,
  files: readonly string[],
  show: (file: string, line: string) => void,
  terminal: Terminal,
): Promise<void> {
  using stopper = watchSignals(() => {});
  const readers = new Map(files.map((file) => [file, appendedLines(join(folder, file))]));
  const watcher = watch(folder, (_, file) => {
    if (file === null) return;
    if (existsSync(join(folder, file))) for (const line of readers.get(file)?.() ?? []) show(file, line);
    if (!existsSync(folder)) watcher.close();
  });
  stopper.signal.addEventListener('abort', () => watcher.close());
  await new Promise((resolve) => watcher.once('close', resolve));
  if (stopper.received() === null) terminal.err('the fleet is down');
}

/** Each call answers with the whole lines that have been appended since the one before. */
function appendedLines(path: string): () => readonly string[] {
  let offset = sizeOf(path);
  let rest = '';
  return () => {
    const fd = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(Math.max(0, fstatSync(fd).size - offset));
      offset += readSync(fd, buffer, 0, buffer.length, offset);
      const lines = (rest + buffer.toString()).split('\n');
      rest = lines.pop() ?? '';
      return lines;
    } finally {
      closeSync(fd);
    }
  };
}

function sizeOf(path: string): number {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  closeSync(fd);
  return size;
}
