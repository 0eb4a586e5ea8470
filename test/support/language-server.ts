// The YAML language server, started as an editor starts it: over stdio, one JSON-RPC message after a header with its length.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { root } from './cli.ts';

const program = fileURLToPath(import.meta.resolve('yaml-language-server/bin/yaml-language-server'));

/** No schema but the one that a file names; nothing from the network. */
const settings = { schemaStore: { enable: false }, kubernetesCRDStore: { enable: false } };

const messageSchema = z.object({
  id: z.union([z.number(), z.string()]).optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
const wantedSettings = z.object({ items: z.array(z.object({ section: z.string() })) });

export interface LanguageServer extends AsyncDisposable {
  request(method: string, params: unknown): Promise<unknown>;
  notify(method: string, params: unknown): void;
  /** The params of the next notification whose params `wanted` takes. */
  notified<T>(method: string, wanted: z.ZodType<T>): Promise<T>;
}

export async function startLanguageServer(): Promise<LanguageServer> {
  const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const gone = once(child, 'exit');
  const answers = new Map<number | string, PromiseWithResolvers<unknown>>();
  const listeners = new Set<(method: string, params: unknown) => void>();
  let ids = 0;

  const send = (message: object): void => {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    child.stdin.write(body);
  };
  const receive = ({ id, method, params, result, error }: z.infer<typeof messageSchema>): void => {
    if (method === undefined && id !== undefined) {
      const answer = answers.get(id);
      answers.delete(id);
      if (error === undefined) answer?.resolve(result);
      else answer?.reject(new Error(JSON.stringify(error)));
    } else if (method === 'workspace/configuration') {
      const sections = wantedSettings.parse(params).items.map(({ section }) => section);
      send({ id, result: sections.map((section) => (section === 'yaml' ? settings : null)) });
    } else if (id !== undefined) send({ id, result: null });
    else for (const listener of listeners) listener(method ?? '', params);
  };
  const request = (method: string, params: unknown): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    answers.set(++ids, answer);
    send({ id: ids, method, params });
    return answer.promise;
  };
  const notify = (method: string, params: unknown): void => send({ method, params });

  child.stdout.on('data', messages(receive));
  child.on('exit', (code) => {
    for (const answer of answers.values()) answer.reject(new Error(`the language server left with ${code}`));
  });
  await request('initialize', {
    processId: process.pid,
    rootUri: pathToFileURL(root).href,
    capabilities: { workspace: { configuration: true } },
  });
  notify('initialized', {});

  return {
    request,
    notify,
    notified: (method, wanted) =>
      new Promise((resolve) => {
        const listener = (of: string, params: unknown): void => {
          const { success, data } = wanted.safeParse(params);
          if (of !== method || !success) return;
          listeners.delete(listener);
          resolve(data);
        };
        listeners.add(listener);
      }),
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      await request('shutdown', undefined);
      notify('exit', undefined);
      await gone;
    },
  };
}

// --- internal ---

function messages(receive: (message: z.infer<typeof messageSchema>) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = rest.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(rest.toString('latin1', 0, Math.max(0, head)))?.[1]);
      if (head < 0 || rest.length < head + 4 + length) return;
      const body = rest.subarray(head + 4, head + 4 + length);
      rest = rest.subarray(head + 4 + length);
      receive(messageSchema.parse(JSON.parse(body.toString('utf8'))));
    }
  };
}
