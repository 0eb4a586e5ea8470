// A YAML file as a document whose problems can be placed, or the problems that keep it from being one.
import { type Document, LineCounter, parseDocument } from 'yaml';
import type { Position, Problem } from './position.ts';

interface Unreadable {
  readonly ok: false;
  readonly problems: readonly Problem[];
}

export interface YamlFile {
  readonly ok: true;
  readonly document: Document;
  readonly lines: LineCounter;
  /** `whole` reads `what is wrong; what to do`. */
  readonly problem: (whole: string, at: Position) => Problem;
  /** As plain values. Aliases can fail this late: unknown ones, and those that unfold without end. */
  readonly plain: () => { readonly ok: true; readonly raw: unknown } | Unreadable;
}

export function readYaml({
  path: file,
  text,
}: {
  readonly path: string;
  readonly text: string;
}): YamlFile | Unreadable {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const problem = problemsOf(text, file);
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, linePos }) =>
      problem(firstLine(message), { line: linePos?.[0].line ?? 1, column: linePos?.[0].col ?? 1 }),
    );
    return { ok: false, problems };
  }
  const plain: YamlFile['plain'] = () => {
    try {
      return { ok: true, raw: document.toJS() };
    } catch (error) {
      const message = error instanceof Error ? firstLine(error.message) : String(error);
      return { ok: false, problems: [problem(message, { line: 1, column: 1 })] };
    }
  };
  return { ok: true, document, lines, problem, plain };
}

// --- internal ---

const firstLine = (message: string): string => message.split('\n')[0]?.replace(/ at line \d+.*$/, '') ?? message;

function problemsOf(text: string, file: string): YamlFile['problem'] {
  const source = text.split(/\r?\n/);
  return (whole, { line, column }) => {
    const cut = whole.indexOf('; ');
    const parts = cut < 0 ? { message: whole } : { message: whole.slice(0, cut), hint: whole.slice(cut + 2) };
    return { file, line, column, ...parts, excerpt: source[line - 1] ?? '' };
  };
}
