import { expect, it } from 'vitest';
import { z } from 'zod';
import { runEventSchema } from '../../services/contract/events.ts';
import { journalJsonSchema } from './journal-schema.ts';

const schema = z.fromJSONSchema(JSON.parse(journalJsonSchema()));
const phase = { v: 1, at: 0, src: 'runner', seq: 1, type: 'phase', name: 'baseline', edge: 'start', judged: true };

it('names every type of event', () => {
  const types = runEventSchema.options.map((option) => option.shape.type.value);

  expect(types.filter((type) => !journalJsonSchema().includes(`"const": "${type}"`))).toEqual([]);
});

it('accepts a line of a journal, and one with a field that a later version adds', () => {
  expect(schema.safeParse(phase).success).toBe(true);
  expect(schema.safeParse({ ...phase, later: 1 }).success).toBe(true);
});

it.each([{ type: 'unheard' }, { at: '0' }, { edge: 'middle' }])('refuses a line with %j', (wrong) => {
  expect(schema.safeParse({ ...phase, ...wrong }).success).toBe(false);
});
