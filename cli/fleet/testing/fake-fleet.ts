// A fleet in memory: links with toxics, failpoints, policies. What is done to it is done at once, and can be made to fail.
import type { BreakerView, FailpointView, ForcedState, Policies } from '../../../services/contract/admin.ts';
import { links as fleetLinks, linksFrom, portsFrom, type ServiceName } from '../../../services/fleet.ts';
import type { CustodyAdmin } from '../custody.ts';
import type { Links } from '../links.ts';
import { linkPlans } from '../processes.ts';

interface Proxy {
  enabled: boolean;
  toxics: string[];
}

export function aFleet() {
  const proxies = new Map<string, Proxy>(fleetLinks.map(({ id }) => [id, { enabled: true, toxics: [] }]));
  const failpoints: (FailpointView & { readonly service: ServiceName })[] = [];
  const states = new Map<string, BreakerView['state']>();
  const forced = new Map<string, Exclude<ForcedState, 'auto'>>();
  const policies = new Map<ServiceName, Policies>();
  const failures = new Set<string>();
  const gate = (what: string): void => {
    if (failures.has(what)) throw new Error(`${what} does not answer`);
  };
  const proxyOf = (link: string): Proxy => {
    gate(link);
    const proxy = proxies.get(link);
    if (proxy === undefined) throw new Error(`no proxy for ${link}`);
    return proxy;
  };

  const links: Links = {
    list: async () => [...proxies].map(([link, proxy]) => ({ link, ...proxy, toxics: [...proxy.toxics] })),
    populate: async (plans) => {
      for (const { link } of plans) proxies.set(link, { enabled: true, toxics: [] });
    },
    addToxic: async (link, { name }) => void proxyOf(link).toxics.push(name),
    removeToxic: async (link, toxic) => {
      const proxy = proxyOf(link);
      proxy.toxics = proxy.toxics.filter((name) => name !== toxic);
    },
    setEnabled: async (link, enabled) => {
      proxyOf(link).enabled = enabled;
    },
  };
  const admin: CustodyAdmin = {
    forceBreaker: async (service, link, state) => {
      gate(service);
      if (state === 'auto') forced.delete(link);
      else forced.set(link, state);
      states.set(link, state === 'open' ? 'open' : 'closed');
    },
    releaseBreaker: async (service, link) => {
      gate(service);
      if (forced.delete(link)) states.set(link, 'closed');
    },
    setFailpoint: async (service, id, failpoint) => {
      gate(service);
      failpoints.push({ ...failpoint, id, hits: 0, service });
    },
    failpoints: async (service) => failpoints.filter((failpoint) => failpoint.service === service),
    removeFailpoint: async (service, id) => {
      const index = failpoints.findIndex((failpoint) => failpoint.service === service && failpoint.id === id);
      if (index >= 0) failpoints.splice(index, 1);
    },
    breakers: async (service) => ({
      service,
      breakers: linksFrom(service).map(({ id, policy }) => {
        const inForce = policies.get(service)?.links[id] ?? policy;
        const state = states.get(id) ?? 'closed';
        const held = forced.get(id);
        const view = { link: id, policy: inForce, state, streak: 0, generation: 0, ageMs: 0 };
        return held === undefined ? view : { ...view, forced: held };
      }),
    }),
    setPolicies: async (service, wanted) => {
      policies.set(service, wanted);
      for (const { id } of linksFrom(service)) {
        states.delete(id);
        forced.delete(id);
      }
    },
  };
  return {
    links,
    admin,
    plans: linkPlans(portsFrom(5_000), '127.0.0.1:5005'),
    proxies,
    states,
    /** Links and services that answer no more. */
    failures,
    broken: (): readonly string[] => [
      ...[...proxies].flatMap(([link, { enabled, toxics }]) => [
        ...(enabled ? [] : [`${link} is down`]),
        ...toxics.map((toxic) => `${link} has ${toxic}`),
      ]),
      ...failpoints.map(({ service, id }) => `${service} has ${id}`),
      ...[...forced].map(([link, state]) => `${link} is forced ${state}`),
    ],
  };
}
