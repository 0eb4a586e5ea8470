// Phases are told apart by their names.
import type { Finding } from './finding.ts';
import type { View } from './view.ts';

export function* checkPhases({ phases }: View): Generator<Finding> {
  const seen = new Set<string>();
  for (const [index, { name }] of phases.entries()) {
    if (name !== '' && seen.has(name)) {
      yield {
        path: ['phases', index, 'name'],
        message: `a second phase named "${name}"; thresholds could not tell them apart`,
      };
    }
    seen.add(name);
  }
}
