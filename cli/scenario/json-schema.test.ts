import { expect, it } from 'vitest';
import { scenarioJsonSchema } from './json-schema.ts';

it('is the one that is shipped beside the scenarios (vitest -u writes it again)', async () => {
  await expect(scenarioJsonSchema()).toMatchFileSnapshot('../../scenarios/scenario.schema.json');
});

it('says of every key what it means', () => {
  expect([...unexplained(JSON.parse(scenarioJsonSchema()), '')]).toEqual([]);
});

const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function* unexplained(schema: unknown, path: string): Generator<string> {
  for (const [keyword, part] of isMap(schema) || Array.isArray(schema) ? Object.entries(schema) : []) {
    if (keyword === 'if') continue;
    if (keyword !== 'properties' || !isMap(part)) yield* unexplained(part, path);
    else {
      for (const [key, value] of Object.entries(part)) {
        if (!isExplained(value)) yield `${path}.${key}`;
        yield* unexplained(value, `${path}.${key}`);
      }
    }
  }
}

/** By a description, or one of each of its words. */
function isExplained(schema: unknown): boolean {
  if (!isMap(schema)) return false;
  const { description, enumDescriptions, anyOf } = schema;
  const texts = description === undefined ? enumDescriptions : [description];
  if (Array.isArray(texts)) return texts.every((text) => typeof text === 'string' && text !== '');
  return Array.isArray(anyOf) && isExplained(anyOf[0]);
}
