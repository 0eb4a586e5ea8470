// The planted faults as one table, for people: test/mutants/README.md.
import type { Command, Mutant } from './mutant.ts';

export function tableOf(mutants: readonly Mutant[]): string {
  const rows = mutants.map(({ name, promise, file, command }) =>
    row([`\`${name}\``, promise, `\`${file}\``, `${placeOf(command)}: ${cell(command.finding)}`]),
  );
  return [
    '# Planted faults',
    '',
    'Each one changes one line of a copy of the source; then the check of the last column, and no other before it, has to turn',
    'red. `npm run mutants` plants them all, `npm run mutants -- <name>` one, `--quick` those that need no fleet (`.ci/run`',
    'does). This table is written by `npx vitest run test/mutants -u` and checked to be current.',
    '',
    row(['fault', 'the promise that it breaks', 'planted in', 'caught by']),
    row(['---', '---', '---', '---']),
    ...rows,
    '',
  ].join('\n');
}

// --- internal ---

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('<', '\\<');

const placeOf = (command: Command): string =>
  'test' in command ? `\`${command.test}\`` : `\`scenario run ${command.scenario}\``;
