// The JSON Schema of report.json, out of the zod schema that the result's own types come from.
import { z } from 'zod';
import { runResultSchema } from '../verdict/run-result.ts';

export function reportJsonSchema(): string {
  const description =
    'report.json: everything that SmartOrders tells of a finished run. Skip keys that are not listed.';
  const schema = z.toJSONSchema(runResultSchema, { io: 'input' });
  return `${JSON.stringify({ title: 'SmartOrders report', description, ...schema }, null, 2)}\n`;
}
