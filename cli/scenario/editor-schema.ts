// Turns the JSON Schema that zod generates into the form that editors serve best. What is valid stays the same, but that any
// scalar may also be `${variable}`: variables are filled in before a scenario is read.
import type { z } from 'zod';
import { linkIds, links } from '../../services/fleet.ts';
import { typed } from './link-argument.ts';

export type Schema = z.core.JSONSchema.JSONSchema;

export function forEditors(schema: Schema): Schema {
  const defs: Record<string, Schema> = {};
  return { ...shaped(schema, { path: [], defs }), $defs: defs };
}

// --- internal ---

interface Place {
  readonly path: readonly string[];
  /** What is meant at several places, by name; collected on the way. */
  readonly defs: Record<string, Schema>;
}

type Sub = Schema | boolean;

const variable = '^\\$\\{[a-z][a-zA-Z0-9-]*\\}$';

const inside = ({ path, defs }: Place, part: string): Place => ({ path: [...path, part], defs });

function shaped(schema: Schema, place: Place): Schema {
  const { anyOf, oneOf, ...rest } = schema;
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return { ...rest, ...oneOfMany(alternatives, place) };
  if (schema.type === 'object') return shapedObject(schema, place);
  if (schema.type === 'array') return { ...schema, items: sub(itemsOf(schema), inside(place, 'item')) };
  return orVariable(schema);
}

/** Those of alternatives, too. */
const alternativesOf = ({ anyOf, oneOf }: Schema): readonly Schema[] =>
  (oneOf ?? anyOf ?? [])
    .filter((alternative) => typeof alternative === 'object')
    .flatMap((alternative) => {
      const inner = alternativesOf(alternative);
      return inner.length === 0 ? [alternative] : inner;
    });

const sub = (schema: Sub, place: Place): Sub => (typeof schema === 'object' ? shaped(schema, place) : schema);

const itemsOf = ({ items }: Schema): Sub => (Array.isArray(items) || items === undefined ? true : items);

function shapedObject({ properties = {}, propertyNames, ...rest }: Schema, place: Place): Schema {
  const parts = Object.entries(properties).map(([key, part]) => [key, sub(part, inside(place, key))] as const);
  const shapedRest = { ...rest, ...(parts.length === 0 ? {} : { properties: Object.fromEntries(parts) }) };
  const { additionalProperties } = rest;
  if (typeof additionalProperties !== 'object') return shapedRest;
  if (typeof propertyNames === 'object' && propertyNames.enum !== undefined) {
    const name = place.path.join('-');
    place.defs[name] = shaped(additionalProperties, inside(place, 'value'));
    return { ...rest, ...keyedByLink({ $ref: `#/$defs/${name}` }) };
  }
  return {
    ...shapedRest,
    additionalProperties: sub(additionalProperties, inside(place, 'value')),
    ...(propertyNames === undefined ? {} : { propertyNames }),
  };
}

/** Keys that are written out are offered; `propertyNames` alone is only checked. */
const keyedByLink = (value: Schema): Schema => ({
  properties: Object.fromEntries(
    links.map(({ id, caller, callee }) => [id, { description: `The calls of ${caller} to ${callee}.`, ...value }]),
  ),
  patternProperties: { [colonForms]: value },
  additionalProperties: false,
});

const colonForms = `^(${linkIds.map(typed).join('|')})$`;

/** Of `oneOf` a server reports what keeps the first alternative from matching; of conditions, what is wrong with the one meant. */
function oneOfMany(alternatives: readonly Schema[], place: Place): Schema {
  const maps = alternatives.filter(({ type }) => type === 'object');
  const others = alternatives.filter(({ type }) => type !== 'object');
  if (others.length === 0) return told(maps, place) ?? { anyOf: maps.map((map) => shaped(map, place)) };
  if (maps.length === 0) return { anyOf: others.map((other) => shaped(other, place)) };
  const [only] = maps;
  return {
    anyOf: [...others.map((other) => shaped(other, place)), { type: 'object' }],
    if: { type: 'object' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: only !== undefined && maps.length === 1 ? shaped(only, place) : oneOfMany(maps, place),
  };
}

/** Maps that one key tells apart, by a constant of its own in each; undefined: there is no such key. */
function told(maps: readonly Schema[], place: Place): Schema | undefined {
  const key = Object.keys(maps[0]?.properties ?? {}).find((name) =>
    maps.every((map) => constantOf(map, name) !== undefined),
  );
  if (key === undefined) return undefined;
  const isRequired = maps.every(({ required }) => required?.includes(key));
  return {
    type: 'object',
    properties: {
      [key]: orVariable({
        type: 'string',
        enum: maps.map((map) => constantOf(map, key) ?? null),
        enumDescriptions: maps.map((map) => describedBy(map, key) ?? ''),
      }),
    },
    ...(isRequired ? { required: [key] } : {}),
    allOf: maps.map((map) => {
      const { [key]: _, ...properties } = map.properties ?? {};
      const { properties: others, ...then } = shaped({ ...map, properties }, place);
      return {
        if: { properties: { [key]: { const: constantOf(map, key) ?? null } }, ...mustHave(map, key) },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { ...then, properties: { [key]: described(describedBy(map, key)), ...others } },
      };
    }),
  };
}

/** Where a map may leave the key out, it is the one that is meant without. */
const mustHave = ({ required }: Schema, key: string): Schema => (required?.includes(key) ? { required: [key] } : {});

function constantOf({ properties }: Schema, key: string): string | undefined {
  const part = properties?.[key];
  return typeof part === 'object' && typeof part.const === 'string' ? part.const : undefined;
}

function describedBy({ properties }: Schema, key: string): string | undefined {
  const part = properties?.[key];
  return typeof part === 'object' ? part.description : undefined;
}

const described = (description: string | undefined): Schema => (description === undefined ? {} : { description });

/** Alternatives in one type and pattern where they fit, as a server explains and completes those best. */
function orVariable(schema: Schema): Schema {
  const { type, pattern, const: constant, enum: words, enumDescriptions, errorMessage, ...rest } = schema;
  if (constant !== undefined || words !== undefined) {
    const leaf: Schema = {
      ...(type === undefined ? {} : { type }),
      ...(constant === undefined ? {} : { const: constant }),
      ...(words === undefined ? {} : { enum: words }),
      ...(enumDescriptions === undefined ? {} : { enumDescriptions }),
    };
    const isLink = words?.some((word) => linkIds.some((id) => id === word)) === true;
    return { ...rest, anyOf: [leaf, { type: 'string', pattern: isLink ? `${colonForms}|${variable}` : variable }] };
  }
  if (pattern !== undefined) return { ...schema, pattern: `${pattern}|${variable}` };
  if (type === 'integer' || type === 'number' || type === 'boolean')
    return { ...schema, type: [type, 'string'], pattern: variable };
  return schema;
}
