// `smartorders scenario validate`: every problem of every file at once.
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatProblem } from '../scenario/format-problem.ts';
import type { Terminal } from '../terminal.ts';
import { knownScenarios, readScenario } from './scenario-files.ts';

export function validateScenarios(names: readonly string[], { out, err, cwd, paint }: Terminal): ExitCode {
  let isValid = true;
  for (const name of names.length === 0 ? knownScenarios(cwd) : names) {
    const { path, parsed } = readScenario(name, cwd);
    if (parsed.ok) out(`${paint.ok('✔')} ${path}`);
    else {
      isValid = false;
      for (const problem of parsed.problems) err(formatProblem(problem));
    }
  }
  return isValid ? exitCodes.passed : exitCodes.usage;
}
