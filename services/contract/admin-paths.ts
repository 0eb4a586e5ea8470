// Apart from the schemas of admin.ts so that a service can register its routes before it loads zod.

/**
 * GET    /admin/events           Server-Sent Events: first `hello`, then one `events` message per batch (a JSON array)
 * GET    /admin/clock            Clock; flushes buffered events first, so `seq` is the last one that a subscriber will get
 * PUT    /admin/policies         Policies → Policies (those in force before); closes every breaker (journaled as `manual`)
 * PUT    /admin/breakers/:link   Force → 204; refused where the service has no such link, or the link no breaker
 * DELETE /admin/breakers/:link   204; a forced breaker does as its policy says again, closed at first; any other is left alone
 * GET    /admin/failpoints       FailpointView[]: each with its id and its hits so far
 * PUT    /admin/failpoints/:id   Failpoint → 204
 * DELETE /admin/failpoints/:id   204, also where there was none
 * POST   /admin/users            user service: NewUsers → 204
 * POST   /admin/items            inventory service: NewItems → 204
 */
export const adminPaths = {
  events: '/admin/events',
  clock: '/admin/clock',
  policies: '/admin/policies',
  breakers: '/admin/breakers',
  failpoints: '/admin/failpoints',
  users: '/admin/users',
  items: '/admin/items',
} as const;
