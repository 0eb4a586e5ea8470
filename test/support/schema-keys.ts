// Reads the shipped JSON Schema as a person would: which keys and words does it have at a place of a scenario file?
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { root } from './cli.ts';

export interface Schema {
  readonly $ref?: string | undefined;
  readonly description?: string | undefined;
  readonly enumDescriptions?: readonly string[] | undefined;
  readonly const?: unknown;
  readonly enum?: readonly unknown[] | undefined;
  readonly properties?: Readonly<Record<string, Schema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: Schema | boolean | undefined;
  readonly items?: Schema | undefined;
  readonly anyOf?: readonly Schema[] | undefined;
  readonly allOf?: readonly Schema[] | undefined;
  readonly if?: Schema | undefined;
  readonly then?: Schema | undefined;
  readonly $defs?: Readonly<Record<string, Schema>> | undefined;
}

const part = z.lazy(() => schemaSchema);
const parts = z.record(z.string(), part).optional();
const schemaSchema: z.ZodType<Schema> = z.object({
  $ref: z.string().optional(),
  description: z.string().optional(),
  enumDescriptions: z.array(z.string()).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  properties: parts,
  required: z.array(z.string()).optional(),
  additionalProperties: z.union([z.boolean(), part]).optional(),
  items: part.optional(),
  anyOf: z.array(part).optional(),
  allOf: z.array(part).optional(),
  if: part.optional(),
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: part.optional(),
  $defs: parts,
});

export const shippedSchema: Schema = schemaSchema.parse(
  JSON.parse(readFileSync(join(root, 'scenarios', 'scenario.schema.json'), 'utf8')),
);

/** Of the map as it is written so far: the keys that it may have. */
export const keysOf = (schema: Schema, written: Readonly<Record<string, string>> = {}): readonly string[] => [
  ...new Set(meant(schema, written).flatMap(({ properties = {} }) => Object.keys(properties))),
];

/** The words that may stand here, of those that are listed. */
export const wordsOf = (schema: Schema): readonly string[] =>
  [...(schema.enum ?? []), ...(schema.const === undefined ? [] : [schema.const])]
    .map(String)
    .concat((schema.anyOf ?? []).flatMap(wordsOf));

/** `*`: any key of a map, or any item of a list. Of maps that are told apart by a key: those that `written` means. */
export function schemaAt(path: readonly string[], written: Readonly<Record<string, string>> = {}): Schema {
  return path.reduce<Schema>((schema, step) => {
    const found = meant(schema, written).flatMap(({ properties, additionalProperties, items }) => {
      const any = typeof additionalProperties === 'object' ? additionalProperties : items;
      return (step === '*' ? any : properties?.[step]) ?? [];
    })[0];
    if (found === undefined) throw new Error(`the schema has no ${path.join('.')}`);
    return found;
  }, shippedSchema);
}

// --- internal ---

/** What of a schema applies to the map. */
function meant(schema: Schema, written: Readonly<Record<string, string>>): readonly Schema[] {
  const { $ref, allOf = [], then } = schema;
  const target = $ref === undefined ? undefined : shippedSchema.$defs?.[$ref.replace('#/$defs/', '')];
  return [
    schema,
    ...(target === undefined ? [] : meant(target, written)),
    ...allOf.filter((condition) => holds(condition, written)).flatMap((condition) => meant(condition, written)),
    ...(then === undefined ? [] : meant(then, written)),
  ];
}

const holds = ({ if: condition }: Schema, written: Readonly<Record<string, string>>): boolean =>
  Object.entries(condition?.properties ?? {}).every(([key, { const: wanted }]) =>
    written[key] === undefined ? !condition?.required?.includes(key) : written[key] === wanted,
  );
