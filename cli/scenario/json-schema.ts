// The JSON Schema of scenario files, out of the zod schema: what an editor's YAML language server completes and checks by.
import { z } from 'zod';
import { scenarioSchema } from './schema.ts';

export const scenarioJsonSchema = (): string =>
  `${JSON.stringify({ title: 'SmartOrders scenario', ...z.toJSONSchema(scenarioSchema, { io: 'input' }) }, null, 2)}\n`;
