// The server under test: the embedded one, or the real one at TOXIPROXY_URL. Proxies get names of their own, so that tests
// can share a server.
import { Toxiproxy as Client } from 'toxiproxy-node-client';
import { createToxiproxy } from '../server.ts';
import { Api } from './api.ts';
import { dial, type Peer } from './tcp.ts';

export interface Subject extends AsyncDisposable {
  readonly api: Api;
  readonly client: Client;
  /** A new proxy on a free port. */
  createProxy(upstream: string): Promise<TestProxy>;
}

export interface TestProxy {
  readonly name: string;
  readonly listen: string;
  readonly path: string;
  dial(): Promise<Peer>;
  /** Returns the toxic's path. */
  addToxic(toxic: ToxicBody): Promise<string>;
}

export interface ToxicBody {
  readonly type: string;
  readonly name?: string;
  readonly stream?: string;
  readonly toxicity?: number;
  readonly attributes?: Readonly<Record<string, number>>;
}

export const realUrl: string | undefined = process.env.TOXIPROXY_URL;

export const startSubject = async (): Promise<Subject> =>
  realUrl === undefined ? await startEmbedded() : subjectAt(realUrl.replace(/\/$/, ''), async () => {});

export async function startEmbedded(random?: () => number): Promise<Subject> {
  const toxiproxy = await createToxiproxy({ host: '127.0.0.1', port: 0, ...(random && { random }) });
  return subjectAt(toxiproxy.url, toxiproxy.close);
}

function subjectAt(url: string, close: () => Promise<void>): Subject {
  const api = new Api(url);
  const created: string[] = [];
  return {
    api,
    client: new Client(url),
    async createProxy(upstream) {
      const name = uniqueName();
      created.push(name);
      const reply = await api.post('/proxies', { name, listen: '127.0.0.1:0', upstream });
      if (reply.status !== 201) throw new Error(`cannot create a proxy: ${reply.text}`);
      const { listen } = readObject(reply.text);
      return testProxy(api, name, String(listen));
    },
    async [Symbol.asyncDispose]() {
      for (const name of created) await api.delete(`/proxies/${name}`);
      await close();
    },
  };
}

export const uniqueName = (): string => `test-${crypto.randomUUID()}`;

export function readObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) throw new Error(`not an object: ${text}`);
  return { ...value };
}

const testProxy = (api: Api, name: string, listen: string): TestProxy => ({
  name,
  listen,
  path: `/proxies/${name}`,
  dial: () => dial(listen),
  async addToxic(toxic) {
    const reply = await api.post(`/proxies/${name}/toxics`, toxic);
    if (reply.status !== 200) throw new Error(`cannot add a toxic: ${reply.text}`);
    return `/proxies/${name}/toxics/${String(readObject(reply.text).name)}`;
  },
});
