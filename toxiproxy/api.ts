// The HTTP side: finds the route, refuses browsers, reads the body, and answers with the headers of the real server.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { badRequestBody, toApiError } from './api-error.ts';
import { matchRoute, type Route } from './router.ts';
import type { Answer, Handler } from './routes.ts';
import { printError } from './views.ts';

const plainText = 'text/plain; charset=utf-8';
const largestBodyBytes = 8 * 1024 * 1024;

export function createApiServer(routes: readonly Route<Handler>[]): Server {
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((cause) => response.destroy(toApiError(cause)));
  });
  server.keepAliveTimeout = 60_000;
  return server;
}

async function answer(
  routes: readonly Route<Handler>[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url = '' } = request;
  const match = matchRoute(routes, { method, url });
  switch (match.kind) {
    case 'redirect':
      response.writeHead(301, { Location: match.to, 'Content-Length': 0 }).end();
      return;
    case 'unknownPath':
      response.setHeader('X-Content-Type-Options', 'nosniff');
      send(response, { status: 404, body: '404 page not found\n', contentType: plainText });
      return;
    case 'wrongMethod':
      response.writeHead(405, { 'Content-Length': 0 }).end();
      return;
    case 'found':
      response.setHeader('X-Toxiproxy-Request-Id', requestId());
      await call(match, request, response);
      return;
    default:
      match satisfies never;
  }
}

async function call(
  { handler, parameters }: { readonly handler: Handler; readonly parameters: readonly string[] },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // A page in somebody's browser must not break their services: DNS rebinding makes localhost reachable for it.
  if (request.headers['user-agent']?.startsWith('Mozilla/')) {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    send(response, { status: 403, body: 'User agent not allowed\n', contentType: plainText });
    return;
  }
  try {
    send(response, await handler({ parameters, body: () => readBody(request) }));
  } catch (cause) {
    const error = toApiError(cause);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    send(response, { status: error.status, body: `${printError(error)}\n`, contentType: plainText });
  }
}

function send(response: ServerResponse, { status, body, contentType = 'application/json' }: Answer): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  response.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    parts.push(part);
    size += part.length;
    if (size > largestBodyBytes) throw badRequestBody('http: request body too large');
  }
  return Buffer.concat(parts).toString('utf8');
}

/** 20 characters of 0-9a-v, as the real server's xid. */
const requestId = (): string => Array.from(randomBytes(20), (byte) => (byte & 31).toString(32)).join('');
