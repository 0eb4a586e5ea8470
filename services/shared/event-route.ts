// GET /admin/events: the event stream as Server-Sent Events.
import type { FastifyInstance } from 'fastify';
import { adminPaths } from '../contract/admin-paths.ts';
import type { ServiceEvent } from '../contract/events.ts';
import type { Door } from './door.ts';

/** A reader that lets this much pile up is cut off; it reconnects and gets what it missed from the ring. */
const backlogLimitBytes = 16 * 1024 * 1024;

export function streamEvents(scope: FastifyInstance, { events, stalls }: Pick<Door, 'events' | 'stalls'>): void {
  const endings = new Set<() => void>();
  // An open stream would keep a closing server waiting for ever.
  scope.addHook('preClose', async () => {
    for (const end of endings) end();
  });

  scope.get(adminPaths.events, (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', connection: 'close' });
    raw.write(message('hello', events.clock()));
    const send = (batch: readonly ServiceEvent[]): void => {
      raw.write(`id: ${batch.at(-1)?.seq}\n${message('events', batch)}`);
      if (raw.writableLength > backlogLimitBytes) raw.destroy();
    };
    stalls.start();
    const unsubscribe = events.subscribe(send, lastEventId(request.headers['last-event-id']));
    const end = (): void => {
      events.clock();
      raw.end();
    };
    endings.add(end);
    raw.on('close', () => {
      unsubscribe();
      endings.delete(end);
      if (endings.size === 0) stalls.stop();
    });
  });
}

const message = (event: string, content: unknown): string => `event: ${event}\ndata: ${JSON.stringify(content)}\n\n`;

function lastEventId(header: string | string[] | undefined): number | undefined {
  return typeof header === 'string' && /^\d+$/.test(header) ? Number(header) : undefined;
}
