// Hands one request of the outside over a link and the answer back as it came.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { contextOf, oneHeader } from '../shared/call-context.ts';
import { cutOff } from '../shared/cut-off.ts';
import type { HttpLink } from '../shared/link.ts';

/** `callee`: the route as the callee registers it; `:id` in it is filled in from the request. */
export interface Target {
  readonly link: Pick<HttpLink, 'id' | 'call'>;
  readonly method: 'GET' | 'POST';
  readonly callee: string;
}

type Forwardable = FastifyRequest<{ Params: { id?: string } }>;

export const forward =
  ({ link, method, callee }: Target) =>
  async (request: Forwardable, reply: FastifyReply): Promise<FastifyReply> => {
    const result = await link.call({
      method,
      route: callee,
      path: callee.replace(':id', encodeURIComponent(request.params.id ?? '')),
      body: method === 'POST' ? (request.body ?? {}) : undefined,
      context: contextOf(request),
    });
    if (result.kind !== 'answer') throw cutOff(link.id, result);
    const retryAfter = oneHeader(result.headers, 'retry-after');
    if (retryAfter !== undefined) reply.header('retry-after', retryAfter);
    const type = oneHeader(result.headers, 'content-type') ?? 'application/json';
    return reply.code(result.status).type(type).send(result.text);
  };
