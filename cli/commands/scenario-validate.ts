// `smartorders scenario validate`: every problem of every file at once.
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { formatProblem } from '../scenario/format-problem.ts';
import type { Terminal } from '../terminal.ts';
import { knownScenarios, namedBy, readScenario } from './scenario-files.ts';
import { overridesOf, type Selection } from './select-scenarios.ts';

export interface ValidateOptions extends Pick<Selection, 'var' | 'set'> {
  readonly json?: boolean;
}

export function validateScenarios(words: readonly string[], options: ValidateOptions, terminal: Terminal): ExitCode {
  const { out, err, cwd, paint } = terminal;
  const names = words.length === 0 ? knownScenarios(cwd) : words.flatMap((word) => namedBy(word, cwd));
  const files = [...new Set(names)].map((name) => readScenario(name, cwd, overridesOf(options)));
  const problems = files.flatMap(({ parsed }) => (parsed.ok ? [] : parsed.problems));
  if (options.json === true) {
    out(JSON.stringify({ files: files.map(({ path, parsed }) => ({ path, valid: parsed.ok })), problems }, null, 2));
  } else {
    for (const { path, parsed } of files) {
      if (parsed.ok) out(`${paint.ok('✔')} ${path}`);
      else for (const problem of parsed.problems) err(formatProblem(problem));
    }
  }
  return problems.length === 0 ? exitCodes.passed : exitCodes.usage;
}
