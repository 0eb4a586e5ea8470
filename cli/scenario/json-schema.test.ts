import { expect, it } from 'vitest';
import { scenarioJsonSchema } from './json-schema.ts';

it('is the one that is shipped beside the scenarios (vitest -u writes it again)', async () => {
  await expect(scenarioJsonSchema()).toMatchFileSnapshot('../../scenarios/scenario.schema.json');
});
