// `smartorders schema`: the JSON Schema of a format that SmartOrders reads or writes.
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { messageOf, SmartOrdersError } from '../errors.ts';
import { exitCodes } from '../exit-codes.ts';
import { journalJsonSchema } from '../metrics/journal-schema.ts';
import { reportJsonSchema } from '../report/report-schema.ts';
import { scenarioJsonSchema } from '../scenario/json-schema.ts';
import { messageAndHint } from '../scenario/message-and-hint.ts';
import { unknownWord } from '../scenario/nearest.ts';
import type { Terminal } from '../terminal.ts';

export interface SchemaOptions {
  /** A file, instead of stdout. */
  readonly out?: string;
}

const schemas: ReadonlyMap<string, () => string> = new Map([
  ['scenario', scenarioJsonSchema],
  ['journal', journalJsonSchema],
  ['report', reportJsonSchema],
]);

/** Errors: `schema` (3) where there is no such format, `write` (5) where the file cannot be written. */
export function printSchema(format: string, { out: file }: SchemaOptions, { out, cwd }: Terminal): void {
  const schema = schemas.get(format);
  if (schema === undefined) {
    const { message, hint } = messageAndHint(unknownWord('format', format, [...schemas.keys()]));
    throw new SmartOrdersError('schema', message, { exitCode: exitCodes.usage, hint });
  }
  if (file === undefined) {
    out(schema().trimEnd());
    return;
  }
  try {
    writeFileSync(resolve(cwd, file), schema());
  } catch (error) {
    throw new SmartOrdersError('write', `cannot write ${file}: ${messageOf(error)}`, {
      hint: 'name a file in a folder that is there and that you may write to',
      cause: error,
    });
  }
  out(`wrote ${file}`);
}
