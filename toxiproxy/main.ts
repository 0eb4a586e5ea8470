// The embedded Toxiproxy as a program. The only file here that reads arguments and environment and sets the exit code.
import { parseFlags, usage } from './flags.ts';
import { compatibleVersion, createToxiproxy, type Toxiproxy } from './server.ts';

/** As everywhere in SmartOrders: the environment is not what was needed. */
const environmentExitCode = 5;
const usageExitCode = 2;

async function main(): Promise<void> {
  const parsed = parseFlags(process.argv.slice(2));
  switch (parsed.kind) {
    case 'help':
      process.stderr.write(usage);
      return;
    case 'problem':
      process.stderr.write(`${parsed.message}\n${usage}`);
      process.exitCode = usageExitCode;
      return;
    case 'flags':
      if (parsed.flags.showVersion) process.stdout.write(`toxiproxy-server version ${compatibleVersion}\n`);
      else await serve(parsed.flags);
      return;
    default:
      parsed satisfies never;
  }
}

async function serve({ host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  let toxiproxy: Toxiproxy;
  try {
    toxiproxy = await createToxiproxy({ host, port });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    process.stderr.write(`toxiproxy: the API cannot listen on ${host}:${port} (${reason}); choose another -port\n`);
    process.exitCode = environmentExitCode;
    return;
  }
  const { address } = toxiproxy;
  const line = { level: 'info', message: 'Starting Toxiproxy HTTP server', host: address.host, port: address.port };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  exitWhenTold(toxiproxy);
}

function exitWhenTold(toxiproxy: Toxiproxy): void {
  let isStopping = false;
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    await toxiproxy.close();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // Whoever started us holds the other end: when it dies in any way, even by SIGKILL, this ends too.
  if (process.env.SMARTORDERS_EXIT_WITH_STDIN !== '1') return;
  process.stdin.once('end', stop).once('error', stop).once('close', stop).resume();
}

await main();
