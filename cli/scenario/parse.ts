// A scenario file's text → a normalised Scenario with positions, or every problem of it at once.
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { check, type Finding } from './check.ts';
import type { Position, Positions, Problem } from './position.ts';
import { locate, type Path, pathText, positionAt } from './positions.ts';
import { type Scenario, scenarioSchema } from './schema.ts';

export type Parsed =
  | { readonly ok: true; readonly scenario: Scenario; readonly positions: Positions }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export function parseScenario(text: string, file: string): Parsed {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const problemAt = problemsOf(text, file);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, linePos }) =>
      problemAt({ line: linePos?.[0].line ?? 1, column: linePos?.[0].col ?? 1 }, firstLine(message)),
    );
    return { ok: false, problems };
  }
  const { positions, keys } = locate(document, lines);
  const plain = toPlain(document);
  if (!plain.ok) return { ok: false, problems: [problemAt({ line: 1, column: 1 }, plain.message)] };
  const { raw } = plain;
  const result = scenarioSchema.safeParse(raw);
  const found = (result.error?.issues ?? []).flatMap((issue) => findingsOf(issue, []));
  const findings = [...found, ...check(raw)];
  if (result.success && findings.length === 0) return { ok: true, scenario: result.data, positions };
  const problems = findings.map(({ path, message, onKey }: Located) =>
    problemAt(positionAt(onKey ? keys : positions, path), told(path, message)),
  );
  return { ok: false, problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };
}

// --- internal ---

/** Aliases can fail this late: unknown ones, and those that unfold without end. */
function toPlain(
  document: Document,
): { readonly ok: true; readonly raw: unknown } | { readonly ok: false; readonly message: string } {
  try {
    return { ok: true, raw: document.toJS() };
  } catch (error) {
    return { ok: false, message: error instanceof Error ? firstLine(error.message) : String(error) };
  }
}

const firstLine = (message: string): string => message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? message;

const told = (path: Path, message: string): string => (path.length === 0 ? message : `${pathText(path)}: ${message}`);

/** By convention a message reads `what is wrong; what to do`. */
function problemsOf(text: string, file: string) {
  const source = text.split(/\r?\n/);
  return (at: Position, whole: string): Problem => {
    const cut = whole.indexOf('; ');
    const parts = cut < 0 ? { message: whole } : { message: whole.slice(0, cut), hint: whole.slice(cut + 2) };
    return { file, line: at.line, column: at.column, ...parts, excerpt: source[at.line - 1] ?? '' };
  };
}

type Issue = z.core.$ZodIssue;

/** `onKey`: the key itself is wrong, not what it holds. */
interface Located extends Finding {
  readonly onKey?: boolean;
}

function findingsOf(issue: Issue, outer: Path): readonly Located[] {
  const path = [...outer, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, index) => ({
      path: [...path, key],
      message: messages[index] ?? issue.message,
      onKey: true,
    }));
  }
  if (issue.code === 'invalid_key') {
    return issue.issues.map(({ message }) => ({ path, message, onKey: true }));
  }
  if (issue.code === 'invalid_union') {
    // Of `off | { … }`, a problem inside the map says more than "neither of the two".
    const inside = issue.errors.find((issues) =>
      issues.some(({ path: deeper, code }) => deeper.length > 0 || code === 'unrecognized_keys'),
    );
    if (inside !== undefined) return inside.flatMap((deeper) => findingsOf(deeper, path));
  }
  return [{ path, message: issue.message }];
}
