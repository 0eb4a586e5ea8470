// The admin and public routes of a fleet's services, straight at their ports: never through a proxy. Node's own fetch:
// undici would cost every command a tenth of a second at its start, and nothing here is hot.
import {
  adminPaths,
  type Breakers,
  breakersSchema,
  type Clock,
  clockSchema,
  type Failpoint,
  type FailpointView,
  type ForcedState,
  failpointViewsSchema,
  type NewItems,
  type NewUsers,
  type Policies,
} from '../../services/contract/admin.ts';
import type { ServiceName } from '../../services/fleet.ts';
import { messageOf, SmartOrdersError } from '../errors.ts';

export interface Admin {
  isReady(service: ServiceName): Promise<boolean>;
  breakers(service: ServiceName): Promise<Breakers>;
  clock(service: ServiceName): Promise<Clock>;
  setPolicies(service: ServiceName, policies: Policies): Promise<void>;
  setFailpoint(service: ServiceName, id: string, failpoint: Failpoint): Promise<void>;
  forceBreaker(service: ServiceName, link: string, state: ForcedState): Promise<void>;
  /** Lets a forced one go; any other is left alone. */
  releaseBreaker(service: ServiceName, link: string): Promise<void>;
  removeFailpoint(service: ServiceName, id: string): Promise<void>;
  failpoints(service: ServiceName): Promise<readonly FailpointView[]>;
  addUsers(users: NewUsers): Promise<void>;
  addItems(items: NewItems): Promise<void>;
  /** Where and how to subscribe to a service's event stream. */
  eventsOf(service: ServiceName): { readonly url: string; readonly headers: Readonly<Record<string, string>> };
}

export interface AdminOptions {
  readonly ports: Readonly<Record<ServiceName, number>>;
  readonly token: string;
}

const patienceMs = 10_000;

export function connectAdmin({ ports, token }: AdminOptions): Admin {
  const headers = { authorization: `Bearer ${token}` };
  const urlOf = (service: ServiceName, path: string): string => `http://127.0.0.1:${ports[service]}${path}`;

  async function ask(
    method: 'GET' | 'PUT' | 'POST' | 'DELETE',
    service: ServiceName,
    path: string,
    body?: unknown,
  ): Promise<unknown> {
    const answer = await fetch(urlOf(service, path), {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    }).catch((error: unknown) => {
      throw new SmartOrdersError(
        'service-unreachable',
        `${service} does not answer ${method} ${path}: ${messageOf(error)}`,
        { hint: 'look at `smartorders status` and `smartorders logs`', cause: error },
      );
    });
    const text = await answer.text();
    if (!answer.ok) {
      throw new SmartOrdersError(
        'service-refused',
        `${service} answers ${answer.status} to ${method} ${path}: ${text}`,
      );
    }
    return text === '' ? undefined : JSON.parse(text);
  }

  const failpointPath = (id: string): string => `${adminPaths.failpoints}/${encodeURIComponent(id)}`;
  const breakerPath = (link: string): string => `${adminPaths.breakers}/${encodeURIComponent(link)}`;
  return {
    isReady: async (service) => {
      try {
        const answer = await fetch(urlOf(service, '/ready'), { signal: AbortSignal.timeout(patienceMs) });
        await answer.arrayBuffer();
        return answer.ok;
      } catch {
        return false;
      }
    },
    breakers: async (service) => breakersSchema.parse(await ask('GET', service, '/breakers')),
    clock: async (service) => clockSchema.parse(await ask('GET', service, adminPaths.clock)),
    setPolicies: async (service, policies) => {
      await ask('PUT', service, adminPaths.policies, policies);
    },
    forceBreaker: async (service, link, state) => {
      await ask('PUT', service, breakerPath(link), { state });
    },
    releaseBreaker: async (service, link) => {
      await ask('DELETE', service, breakerPath(link));
    },
    setFailpoint: async (service, id, failpoint) => {
      await ask('PUT', service, failpointPath(id), failpoint);
    },
    removeFailpoint: async (service, id) => {
      await ask('DELETE', service, failpointPath(id));
    },
    failpoints: async (service) => failpointViewsSchema.parse(await ask('GET', service, adminPaths.failpoints)),
    addUsers: async (users) => {
      await ask('POST', 'user', adminPaths.users, users);
    },
    addItems: async (items) => {
      await ask('POST', 'inventory', adminPaths.items, items);
    },
    eventsOf: (service) => ({ url: urlOf(service, adminPaths.events), headers }),
  };
}
