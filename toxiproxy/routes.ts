// What each call of the API does. Names are looked up before a body is read, so that a bad body to nowhere is a 404.
import { toApiError } from './api-error.ts';
import type { Populated, Proxies } from './proxies.ts';
import { readProxy, readProxyList, readProxyUpdate, readToxic, readToxicUpdate } from './requests.ts';
import type { Route } from './router.ts';
import { printPopulated, printProxies, printProxy, printToxic, printToxics } from './views.ts';

export interface Call {
  /** What the `*` of the path stand for. */
  readonly parameters: readonly string[];
  readonly body: () => Promise<string>;
}

export interface Answer {
  readonly status: number;
  readonly body?: string;
  /** Default application/json. */
  readonly contentType?: string;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

export function toxiproxyRoutes(proxies: Proxies, version: string): readonly Route<Handler>[] {
  const updateProxy: Handler = async ({ parameters: [name = ''], body }) => {
    proxies.get(name);
    const updated = await proxies.update(name, readProxyUpdate(await body()));
    return { status: 200, body: printProxy(updated) };
  };

  const updateToxic: Handler = async ({ parameters: [name = '', toxicName = ''], body }) => {
    proxies.get(name).toxic(toxicName);
    const text = await body();
    const proxy = proxies.get(name);
    const updated = readToxicUpdate(text, proxy.toxic(toxicName));
    proxy.updateToxic(updated);
    return { status: 200, body: printToxic(updated) };
  };

  const populate = async (body: string): Promise<Populated> => {
    try {
      return await proxies.populate(readProxyList(body));
    } catch (cause) {
      return { proxies: [], error: toApiError(cause) };
    }
  };

  return [
    {
      path: '/version',
      methods: {
        GET: () => ({
          status: 200,
          body: `{"version": "${version}"}\n`,
          contentType: 'application/json;charset=utf-8',
        }),
      },
    },
    {
      path: '/proxies',
      methods: {
        GET: () => ({ status: 200, body: printProxies(proxies.sortedByName()) }),
        POST: async ({ body }) => {
          const created = await proxies.create(readProxy(await body()));
          return { status: 201, body: printProxy(created) };
        },
      },
    },
    {
      path: '/populate',
      methods: {
        POST: async ({ body }) => {
          const populated = await populate(await body());
          return { status: populated.error?.status ?? 201, body: printPopulated(populated) };
        },
      },
    },
    {
      path: '/reset',
      methods: {
        POST: async () => {
          await proxies.reset();
          return { status: 204 };
        },
      },
    },
    {
      path: '/proxies/*',
      methods: {
        GET: ({ parameters: [name = ''] }) => ({ status: 200, body: printProxy(proxies.get(name)) }),
        POST: updateProxy,
        PATCH: updateProxy,
        DELETE: async ({ parameters: [name = ''] }) => {
          await proxies.remove(name);
          return { status: 204 };
        },
      },
    },
    {
      path: '/proxies/*/toxics',
      methods: {
        GET: ({ parameters: [name = ''] }) => ({ status: 200, body: printToxics(proxies.get(name).toxics) }),
        POST: async ({ parameters: [name = ''], body }) => {
          proxies.get(name);
          const text = await body();
          const proxy = proxies.get(name);
          const toxic = readToxic(text, (toxicName) => proxy.hasToxic(toxicName));
          proxy.addToxic(toxic);
          return { status: 200, body: printToxic(toxic) };
        },
      },
    },
    {
      path: '/proxies/*/toxics/*',
      methods: {
        GET: ({ parameters: [name = '', toxicName = ''] }) => ({
          status: 200,
          body: printToxic(proxies.get(name).toxic(toxicName)),
        }),
        POST: updateToxic,
        PATCH: updateToxic,
        DELETE: ({ parameters: [name = '', toxicName = ''] }) => {
          proxies.get(name).removeToxic(toxicName);
          return { status: 204 };
        },
      },
    },
    {
      path: '/metrics',
      methods: { '*': () => ({ status: 404, body: '404 page not found\n', contentType: 'text/plain; charset=utf-8' }) },
    },
  ];
}
