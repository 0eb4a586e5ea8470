// The database server that `up` would use: the embedded one, or the one that DATABASE_URL names.
import { type Finding, ok, problem } from './finding.ts';

export type DatabaseFacts =
  | { readonly kind: 'embedded'; readonly version: string }
  | { readonly kind: 'external'; readonly version: string; readonly mayCreate: boolean };

export function judgeDatabase(facts: DatabaseFacts): Finding {
  if (facts.kind === 'embedded') return ok('database', `${facts.version}, embedded`);
  const seen = `PostgreSQL ${facts.version} of DATABASE_URL`;
  if (facts.mayCreate) return ok('database', seen);
  return problem(
    'database',
    `${seen}: its user may not create databases`,
    'ALTER ROLE … CREATEDB, or unset DATABASE_URL to use the embedded server',
  );
}
