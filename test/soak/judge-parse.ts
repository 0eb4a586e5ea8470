// What must hold of whatever parseScenario returns, and that it returns.
import { formatProblem } from '../../cli/scenario/format-problem.ts';
import { type Parsed, parseScenario } from '../../cli/scenario/parse.ts';
import { plan } from '../../cli/scenario/plan.ts';

export interface Judged {
  readonly kind: 'ok' | 'problems';
  /** Empty: all is well. */
  readonly wrong: readonly string[];
}

export function judgeParse(text: string): Judged {
  try {
    const parsed = parseScenario(text, 'any.yaml');
    return parsed.ok
      ? { kind: 'ok', wrong: [...wrongWithScenario(parsed)] }
      : { kind: 'problems', wrong: [...wrongWithProblems(parsed, text)] };
  } catch (error) {
    return { kind: 'problems', wrong: [`threw ${error instanceof Error ? error.stack : error}`.slice(0, 500)] };
  }
}

// --- internal ---

function* wrongWithScenario({ scenario }: Extract<Parsed, { ok: true }>): Generator<string> {
  const steps = plan(scenario);
  if (steps.at(-1)?.do !== 'end') yield 'the plan does not end';
  for (const [path, number] of numbersIn({ scenario, steps }, '')) {
    if (!Number.isFinite(number)) yield `${path} is ${number}`;
  }
}

function* numbersIn(value: unknown, path: string): Generator<readonly [string, number]> {
  if (typeof value === 'number') yield [path, value];
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) yield* numbersIn(part, `${path}.${key}`);
}

function* wrongWithProblems({ problems }: Extract<Parsed, { ok: false }>, text: string): Generator<string> {
  const lines = text.split(/\r?\n/);
  if (problems.length === 0) yield 'is refused without a problem';
  for (const problem of problems) {
    const { line, column, message, hint, excerpt } = problem;
    const at = `${line}:${column} ${message.slice(0, 80)}`;
    if (!Number.isInteger(line) || line < 1 || line > lines.length + 1) yield `no such line: ${at}`;
    if (!Number.isInteger(column) || column < 1) yield `no such column: ${at}`;
    if (message.trim() === '' || hint?.trim() === '') yield `says nothing: ${at}`;
    if (excerpt !== (lines[line - 1] ?? '')) yield `shows another line: ${at}`;
    if (!formatProblem(problem).includes(message)) yield `is not formatted: ${at}`;
  }
}
