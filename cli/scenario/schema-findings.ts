// What zod found, as findings: one for each key that is wrong, and of a union what its nearest alternative says.
import type { z } from 'zod';
import type { Finding } from './check/finding.ts';
import type { Path } from './positions.ts';

type Issue = z.core.$ZodIssue;

/** `onKey`: the key itself is wrong, not what it holds. */
export interface LocatedFinding extends Finding {
  readonly onKey?: boolean;
}

export function findingsOf(issue: Issue, outer: Path = []): readonly LocatedFinding[] {
  const path = [...outer, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      path: [...path, key],
      message: messages[index] ?? issue.message,
      onKey: true,
    }));
  }
  if (issue.code === 'invalid_key') return issue.issues.map(({ message }) => ({ path, message, onKey: true }));
  if (issue.code === 'invalid_union') {
    // Of `off | { … }`, a problem inside the map says more than "neither of the two".
    const inside = issue.errors.find((issues) =>
      issues.some(({ path: deeper, code }) => deeper.length > 0 || code === 'unrecognized_keys'),
    );
    if (inside !== undefined) return inside.flatMap((deeper) => findingsOf(deeper, path));
  }
  return [{ path, message: issue.message }];
}
