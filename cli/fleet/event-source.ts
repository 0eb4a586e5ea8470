// A service's event stream and clock, over HTTP straight at its port.
import { createInterface } from 'node:readline';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { clockSchema } from '../../services/contract/admin.ts';
import { serviceEventSchema } from '../../services/contract/events.ts';
import type { ServiceName } from '../../services/fleet.ts';
import type { EventSource, StreamListener } from '../runner/ports.ts';
import type { Admin } from './admin.ts';

const openPatienceMs = 10_000;
const batchSchema = z.array(serviceEventSchema);

export function eventSource(service: ServiceName, admin: Admin): EventSource {
  return {
    service,
    clock: () => admin.clock(service),
    stream: async (listener, { after, signal }) => {
      const { url, headers } = admin.eventsOf(service);
      // A stream is silent for as long as nothing happens.
      const agent = new Agent({ bodyTimeout: 0, headersTimeout: openPatienceMs, connectTimeout: openPatienceMs });
      try {
        const answer = await request(url, {
          dispatcher: agent,
          signal,
          headers: { ...headers, ...(after === undefined ? {} : { 'last-event-id': String(after) }) },
        });
        await readMessages(answer.body, listener);
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        await agent.destroy();
      }
    },
  };
}

/** Server-Sent Events (HTML standard, 9.2): `event:` and `data:` lines, a blank line ends a message. */
async function readMessages(body: NodeJS.ReadableStream, listener: StreamListener): Promise<void> {
  let event = '';
  let data = '';
  for await (const line of createInterface({ input: body, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.startsWith('event:')) event = line.slice(6).trim();
    else if (line.startsWith('data:')) data += line.slice(5).trimStart();
    else if (line === '') {
      if (event === 'hello') listener.hello(clockSchema.parse(JSON.parse(data)));
      else if (event === 'events') listener.events(batchSchema.parse(JSON.parse(data)));
      event = '';
      data = '';
    }
  }
}
