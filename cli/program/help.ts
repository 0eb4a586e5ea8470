// What stands at the end of every command's help: examples, and the exit codes of those that have their own.

/** Command line → what it is for. */
export type Examples = Readonly<Record<string, string>>;

export function helpEnd(examples: Examples, exitCodes?: string): string {
  const width = Math.max(...Object.keys(examples).map((line) => line.length));
  const lines = Object.entries(examples).map(([line, purpose]) => `  ${line.padEnd(width)}  ${purpose}`);
  return ['', 'Examples:', ...lines, ...(exitCodes === undefined ? [] : ['', `Exit codes: ${exitCodes}`])].join('\n');
}
