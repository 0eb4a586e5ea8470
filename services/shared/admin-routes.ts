// What the testbench may do to a service: watch its events, read its clock, change policies, force breakers, set failpoints.
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Policies } from '../contract/admin.ts';
import { adminPaths } from '../contract/admin-paths.ts';
import type { Policy } from '../contract/policy.ts';
import { linkIds } from '../fleet.ts';
import type { Door, Routes } from './door.ts';
import { streamEvents } from './event-route.ts';
import type { Adjustable } from './link.ts';
import { problemError } from './problem.ts';
import { checked } from './validate.ts';

export interface AdminOptions {
  readonly door: Door;
  readonly businessRoutes: readonly string[];
  readonly declinableRoute: string | undefined;
  readonly adminRoutes: Routes | undefined;
}

export function registerAdminRoutes(app: FastifyInstance, options: AdminOptions): void {
  const { door, adminRoutes } = options;
  app.register(async (scope) => {
    scope.addHook('onRequest', async ({ headers }) => requireToken(headers.authorization, door.adminToken));
    streamEvents(scope, door);
    scope.get(adminPaths.clock, async () => door.events.clock());
    scope.put(adminPaths.policies, async ({ body }) => {
      const { policiesSchema } = await import('../contract/admin.ts');
      return changePolicies(door, checked(policiesSchema, body));
    });
    registerBreakerRoutes(scope, door);
    registerFailpointRoutes(scope, options);
    adminRoutes?.(scope);
  });
}

function registerBreakerRoutes(scope: FastifyInstance, door: Door): void {
  const path = `${adminPaths.breakers}/:link`;
  scope.put<{ Params: { link: string } }>(path, async ({ params, body }, reply) => {
    const { forceSchema } = await import('../contract/admin.ts');
    const { state } = checked(forceSchema, body);
    breakerOf(params.link, door).force(state);
    return reply.code(204).send();
  });
  scope.delete<{ Params: { link: string } }>(path, async ({ params }, reply) => {
    // Also of a link that has no breaker: an undo that is refused would be tried again for ever.
    const link = linkOf(params.link, door);
    if (link.view().forced !== undefined) link.force('auto');
    return reply.code(204).send();
  });
}

function linkOf(id: string, { service, links }: Door): Adjustable {
  const link = links.find((each) => each.id === id);
  if (link === undefined) throw problemError('invalid-request', { detail: `${service} is no caller on a link ${id}` });
  return link;
}

function breakerOf(id: string, door: Door): Adjustable {
  const link = linkOf(id, door);
  if (link.policy().breaker === null) {
    throw problemError('invalid-request', { detail: `${id} has no breaker that could be forced` });
  }
  return link;
}

function registerFailpointRoutes(scope: FastifyInstance, options: AdminOptions): void {
  const { failpoints } = options.door;
  scope.get(adminPaths.failpoints, async () => failpoints.list());
  scope.put<{ Params: { id: string } }>(`${adminPaths.failpoints}/:id`, async ({ params, body }, reply) => {
    const { failpointSchema } = await import('../contract/admin.ts');
    const failpoint = checked(failpointSchema, body);
    failpoints.set(params.id, { ...failpoint, ...aimed(failpoint, options) });
    return reply.code(204).send();
  });
  scope.delete<{ Params: { id: string } }>(`${adminPaths.failpoints}/:id`, async ({ params }, reply) => {
    failpoints.remove(params.id);
    return reply.code(204).send();
  });
}

function requireToken(authorization: string | undefined, token: string): void {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw problemError('unauthorized');
}

/** Links of other services are let pass, so that one document can be sent to all. */
function changePolicies({ service, links }: Door, { links: wanted }: Policies): Policies {
  const known = new Set<string>(linkIds);
  const unknown = Object.keys(wanted).filter((id) => !known.has(id));
  if (unknown.length > 0) throw problemError('invalid-request', { detail: `no such link: ${unknown.join(', ')}` });
  const isDatabaseBreaker = ([id, policy]: [string, Policy]): boolean => id.endsWith('->db') && policy.breaker !== null;
  const refused = Object.entries(wanted).filter(isDatabaseBreaker);
  if (refused.length > 0) {
    const ids = refused.map(([id]) => id).join(', ');
    throw problemError('invalid-request', { detail: `a link to a database has no breaker (${ids}, ${service})` });
  }
  return { links: Object.fromEntries(links.map((link) => [link.id, link.adopt(wanted[link.id] ?? link.policy())])) };
}

/** Refuses a fault that could never hit; a `decline` without a route means the one route that can decline. */
function aimed(
  { type, route }: { readonly type: string; readonly route?: string | undefined },
  { door, businessRoutes, declinableRoute }: AdminOptions,
): { readonly route?: string } {
  if (type === 'decline') {
    if (declinableRoute === undefined) {
      throw problemError('invalid-request', { detail: `type: the ${door.service} service has nothing to decline` });
    }
    if (route !== undefined && route !== declinableRoute) {
      throw problemError('invalid-request', { detail: `route: only ${declinableRoute} can decline` });
    }
    return { route: declinableRoute };
  }
  if (route !== undefined && !businessRoutes.includes(route)) {
    throw problemError('invalid-request', { detail: `route: ${route} is none of ${businessRoutes.join(', ')}` });
  }
  return {};
}
