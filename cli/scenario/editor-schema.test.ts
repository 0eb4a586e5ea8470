import { describe, expect, it } from 'vitest';
import { linkIds } from '../../services/fleet.ts';
import { forEditors, type Schema } from './editor-schema.ts';

const map = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
/** What becomes of a key's schema. */
const only = (schema: Schema): Schema => partOf(forEditors(map({ key: schema })), 'key');

function partOf({ properties }: Schema, key: string): Schema {
  const part = properties?.[key];
  if (typeof part !== 'object') throw new Error(`no schema of ${key}`);
  return part;
}
const variable = '^\\$\\{[a-z][a-zA-Z0-9-]*\\}$';
/** In two parts: no template is meant. */
const variableText = ['$', '{link}'].join('');

describe('a scalar', () => {
  it.each<[string, Schema, Schema]>([
    ['pattern', { type: 'string', pattern: '^a$' }, { type: 'string', pattern: `^a$|${variable}` }],
    ['number', { type: 'number', maximum: 1 }, { type: ['number', 'string'], maximum: 1, pattern: variable }],
    ['integer', { type: 'integer' }, { type: ['integer', 'string'], pattern: variable }],
    ['boolean', { type: 'boolean' }, { type: ['boolean', 'string'], pattern: variable }],
    [
      'choice',
      { type: 'string', enum: ['a', 'b'], description: 'Which.', default: 'a' },
      {
        anyOf: [
          { type: 'string', enum: ['a', 'b'] },
          { type: 'string', pattern: variable },
        ],
        description: 'Which.',
        default: 'a',
      },
    ],
    [
      'constant',
      { type: 'number', const: 1 },
      {
        anyOf: [
          { type: 'number', const: 1 },
          { type: 'string', pattern: variable },
        ],
      },
    ],
    ['text', { type: 'string', minLength: 1 }, { type: 'string', minLength: 1 }],
  ])('may be a variable: %s', (_, schema, expected) => {
    expect(only(schema)).toEqual(expected);
    expect(only({ type: 'array', items: schema })).toEqual({ type: 'array', items: expected });
  });

  it('of links may be written with a colon', () => {
    const { anyOf } = only({ type: 'string', enum: [...linkIds] });
    const patterns = anyOf?.map((part) => (typeof part === 'object' ? part.pattern : undefined));
    const pattern = new RegExp(patterns?.[1] ?? '');

    expect(anyOf?.[0]).toEqual({ type: 'string', enum: linkIds });
    expect(['order:payment', variableText, 'order:bank'].map((word) => pattern.test(word))).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('a map', () => {
  it('by name keeps the rule for its names', () => {
    const names = { type: 'string', pattern: '^[a-z]+$' } as const;
    const schema: Schema = { type: 'object', propertyNames: names, additionalProperties: { type: 'integer' } };

    expect(only(schema)).toEqual({
      type: 'object',
      propertyNames: names,
      additionalProperties: { type: ['integer', 'string'], pattern: variable },
    });
  });

  it('by link names every link, and means the same by each', () => {
    const schema = forEditors(
      map({
        links: {
          type: 'object',
          description: 'By link.',
          propertyNames: { type: 'string', enum: [...linkIds] },
          additionalProperties: map({ n: { type: 'string' } }),
        },
      }),
    );
    const links = partOf(schema, 'links');

    expect(links).toMatchObject({ description: 'By link.', additionalProperties: false });
    expect(Object.keys(links.properties ?? {})).toEqual(linkIds);
    expect(links.properties?.['order->db']).toEqual({
      description: 'The calls of order to db.',
      $ref: '#/$defs/links',
    });
    expect(schema.$defs).toEqual({ links: map({ n: { type: 'string' } }) });
    expect(links).not.toHaveProperty('propertyNames');
  });
});

describe('alternatives', () => {
  const kind = (word: string): Schema => ({ type: 'string', const: word, description: `A ${word}.` });

  it('that one key tells apart become conditions on it', () => {
    const schema: Schema = {
      description: 'Either.',
      oneOf: [map({ kind: kind('a'), x: { type: 'string' } }, ['kind', 'x']), map({ kind: kind('b') }, ['kind'])],
    };

    expect(only(schema)).toMatchInlineSnapshot(`
      {
        "allOf": [
          {
            "if": {
              "properties": {
                "kind": {
                  "const": "a",
                },
              },
              "required": [
                "kind",
              ],
            },
            "then": {
              "additionalProperties": false,
              "properties": {
                "kind": {
                  "description": "A a.",
                },
                "x": {
                  "type": "string",
                },
              },
              "required": [
                "kind",
                "x",
              ],
              "type": "object",
            },
          },
          {
            "if": {
              "properties": {
                "kind": {
                  "const": "b",
                },
              },
              "required": [
                "kind",
              ],
            },
            "then": {
              "additionalProperties": false,
              "properties": {
                "kind": {
                  "description": "A b.",
                },
              },
              "required": [
                "kind",
              ],
              "type": "object",
            },
          },
        ],
        "description": "Either.",
        "properties": {
          "kind": {
            "anyOf": [
              {
                "enum": [
                  "a",
                  "b",
                ],
                "enumDescriptions": [
                  "A a.",
                  "A b.",
                ],
                "type": "string",
              },
              {
                "pattern": "^\\$\\{[a-z][a-zA-Z0-9-]*\\}$",
                "type": "string",
              },
            ],
          },
        },
        "required": [
          "kind",
        ],
        "type": "object",
      }
    `);
  });

  it('of which one needs no such key: it is meant without', () => {
    const schema = only({ anyOf: [map({ kind: kind('a') }), map({ kind: kind('b') }, ['kind'])] });

    expect(schema).not.toHaveProperty('required');
    expect(schema.allOf).toMatchObject([
      { if: { properties: { kind: { const: 'a' } } } },
      { if: { properties: { kind: { const: 'b' } }, required: ['kind'] } },
    ]);
    expect(schema.allOf?.[0]).not.toHaveProperty('if.required');
  });

  it('of a word or a map are told apart by what is written', () => {
    const schema: Schema = { anyOf: [{ type: 'string', const: 'off' }, map({ x: { type: 'string' } })] };

    expect(only(schema)).toMatchInlineSnapshot(`
      {
        "anyOf": [
          {
            "anyOf": [
              {
                "const": "off",
                "type": "string",
              },
              {
                "pattern": "^\\$\\{[a-z][a-zA-Z0-9-]*\\}$",
                "type": "string",
              },
            ],
          },
          {
            "type": "object",
          },
        ],
        "if": {
          "type": "object",
        },
        "then": {
          "additionalProperties": false,
          "properties": {
            "x": {
              "type": "string",
            },
          },
          "required": [],
          "type": "object",
        },
      }
    `);
  });

  it('within alternatives are alternatives, too', () => {
    const off: Schema = { const: 'off' };
    const maps: Schema[] = [map({ x: { type: 'string' } }), map({ y: { type: 'string' } })];

    expect(only({ anyOf: [off, { oneOf: maps }] })).toEqual(only({ anyOf: [off, ...maps] }));
  });

  it('that no key tells apart stay alternatives', () => {
    const schema: Schema = { anyOf: [map({ x: { type: 'string' } }), map({ y: { type: 'string' } })] };

    expect(only(schema)).toEqual(schema);
  });
});
