// Entry point of the keeper process: configuration as JSON on stdin, one line on stdout: its control port and token, or why not.
import { writeSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { SmartOrdersError } from '../errors.ts';
import { startKeeper } from './keeper.ts';
import { keeperConfigSchema } from './keeper-config.ts';

const config = keeperConfigSchema.parse(JSON.parse(await text(process.stdin)));
const keeper = await startKeeper(config, process.env).catch((error: unknown): never => {
  if (!(error instanceof SmartOrdersError)) throw error;
  const { code, message, hint } = error;
  writeSync(process.stdout.fd, `${JSON.stringify({ error: { code, message, hint } })}\n`);
  process.exit(error.exitCode);
});
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void keeper.finish());
process.stdout.write(`${JSON.stringify({ controlPort: keeper.controlPort, token: keeper.token })}\n`);
await keeper.finished;
process.exit(0);
