// A planted fault as its file says it: what to change in the source, what then has to turn red, and why first.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const finding = z.string().min(1);

/** A vitest file, or a scenario run on a fleet of its own. */
const commandSchema = z.union([
  /** `finding`: the test's name behind those of its groups, `group > test`. */
  z.strictObject({ test: z.string(), finding }),
  /** `finding`: the id of a judgement; `code`: the exit code of the run. */
  z.strictObject({ scenario: z.string(), finding, code: z.int().default(1) }),
]);

const mutantSchema = z.strictObject({
  promise: z.string().min(1),
  file: z.string(),
  /** Stands in the file exactly once. */
  find: z.string().min(1),
  replace: z.string(),
  command: commandSchema,
  /** What may turn red behind the first finding. */
  follows: z.array(finding).default([]),
});

export type Command = Readonly<z.infer<typeof commandSchema>>;
export type Mutant = Readonly<z.infer<typeof mutantSchema>> & { readonly name: string };

/** Every mutant of a folder, or the named ones; throws with the file's name where one is not as it should be. */
export function readMutants(folder: string, names: readonly string[]): readonly Mutant[] {
  const known = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no mutant named ${unknown.join(', ')}; there are ${known.join(', ')}`);
  return known
    .filter((name) => names.length === 0 || names.includes(name))
    .map((name) => ({ name, ...readMutant(join(folder, `${name}.yaml`)) }));
}

function readMutant(file: string): z.infer<typeof mutantSchema> {
  const parsed = mutantSchema.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file}:\n${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
