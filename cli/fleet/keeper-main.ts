// Entry point of the keeper process: configuration as JSON on stdin, one line with its control port and token on stdout.
import { text } from 'node:stream/consumers';
import { keeperConfigSchema, startKeeper } from './keeper.ts';

const config = keeperConfigSchema.parse(JSON.parse(await text(process.stdin)));
const keeper = await startKeeper(config, process.env);
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void keeper.finish());
process.stdout.write(`${JSON.stringify({ controlPort: keeper.controlPort, token: keeper.token })}\n`);
await keeper.finished;
process.exit(0);
