// The Fastify instance that all services share: their common routes, their error handler, arrivals and failpoints.
// It does not listen, and it does not know which service it is for beyond the name.
import { type FastifyInstance, fastify } from 'fastify';
import { requestIdHeader } from '../contract/headers.ts';
import { registerAdminRoutes } from './admin-routes.ts';
import { registerBusinessRoutes } from './business-routes.ts';
import type { Door, Routes } from './door.ts';
import { answerErrors, sendProblem } from './error-handler.ts';
import { problemError } from './problem.ts';

export interface ServerOptions {
  readonly door: Door;
  readonly about: string;
  readonly routes: Routes;
  /** Behind the admin token, beside the routes that every service has. */
  readonly adminRoutes?: Routes;
  /** The route that a `decline` failpoint answers; a service without one refuses such failpoints. */
  readonly declinableRoute?: string;
}

export function buildServer({ door, about, routes, adminRoutes, declinableRoute }: ServerOptions): FastifyInstance {
  const { service, links } = door;
  const app = fastify({
    logger: false,
    exposeHeadRoutes: false,
    requestIdHeader,
    genReqId: door.newRequestId,
    routerOptions: { maxParamLength: 300 },
  });
  answerErrors(app, door.log);
  app.addHook('onRequest', async (request, reply) => {
    reply.header(requestIdHeader, request.id);
  });
  const businessRoutes = registerBusinessRoutes(app, { door, routes });
  registerAdminRoutes(app, { door, businessRoutes, declinableRoute, adminRoutes });

  app.get('/', async () => ({
    service,
    about,
    routes: businessRoutes,
    links: { health: '/health', ready: '/ready', breakers: '/breakers', metrics: '/metrics' },
  }));
  app.get('/health', async () => ({ status: 'up', service }));
  app.get('/ready', async (_request, reply) => {
    if (await door.isReady()) return { status: 'ready', service };
    // Answered and not thrown: being asked too early is no error to log.
    return sendProblem(reply, problemError('unavailable', { detail: 'the database is not there yet' }));
  });
  app.get('/breakers', async () => ({ service, breakers: links.map((link) => link.view()) }));
  app.get('/metrics', async (_request, reply) => {
    const { contentType, text } = await door.metrics.scrape();
    return reply.type(contentType).send(text);
  });
  return app;
}
