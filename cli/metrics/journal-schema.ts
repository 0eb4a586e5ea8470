// The JSON Schema of one line of a journal, out of the events' zod schemas.
import { z } from 'zod';
import { runEventSchema } from '../../services/contract/events.ts';

/** As written. A reader skips types it does not know, and a later version may say more about those it does. */
export const journalJsonSchema = (): string => {
  const description = 'One line of journal.ndjson, a JSON object. Skip lines of a type that is not listed here.';
  const schema = z.toJSONSchema(runEventSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'SmartOrders journal line', description, ...schema }, null, 2)}\n`;
};
