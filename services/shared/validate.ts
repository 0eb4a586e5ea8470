// Bodies against zod schemas. Schemas are imported where a request needs them: zod must not delay the start.
import type { z } from 'zod';
import { problemError } from './problem.ts';

/** The checked value, or an `invalid-request` problem that names every issue. */
export function checked<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const detail = result.error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
  throw problemError('invalid-request', { detail });
}
