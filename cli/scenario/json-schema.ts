// The JSON Schema of scenario files, out of the zod schema: what an editor's YAML language server completes and checks by.
import { z } from 'zod';
import { forEditors, type Schema } from './editor-schema.ts';
import { scenarioSchema } from './schema.ts';

export const scenarioJsonSchema = (): string => `${JSON.stringify(forEditors(generated()), null, 2)}\n`;

// --- internal ---

function generated(): Schema {
  return z.toJSONSchema(scenarioSchema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const message = z.safeParse(zodSchema, null).error?.issues[0]?.message;
      if (worded.has(zodSchema._zod.def.type) && message?.startsWith('expected ')) jsonSchema.errorMessage = message;
    },
  });
}

/** What the editor can say in the same words as the command line. Of a choice it names the choices itself. */
const worded: ReadonlySet<string> = new Set(['string', 'number']);
