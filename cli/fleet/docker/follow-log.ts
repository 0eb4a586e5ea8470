// Writes what a container says from now on into the fleet's log folder, where `smartorders logs` looks.
import { createWriteStream } from 'node:fs';
import type { Container, Engine } from './engine.ts';

export async function followLog(engine: Engine, container: Container, file: string): Promise<void> {
  const since = Math.floor(Date.now() / 1_000) - 1;
  const stream = await container.logs({ follow: true, stdout: true, stderr: true, since });
  const log = createWriteStream(file, { flags: 'a', mode: 0o600 });
  engine.modem.demuxStream(stream, log, log);
  // The folder goes with the fleet, while the container may still be saying something.
  for (const each of [stream, log]) each.on('error', () => {});
  stream.once('end', () => log.end());
}
