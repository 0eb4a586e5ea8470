// What could stand at the end of a half-typed command line: read off the program itself, so that no list can go stale.
import type { Command, Option } from 'commander';

export interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** Values of an argument or option of this name (`scenario`, `fleet`); none where the shell's file names will do. */
export type Values = (name: string) => Promise<readonly string[]>;

/** `words`: after the program's name; the last one, perhaps empty, is being typed. */
export async function candidatesFor(
  program: Command,
  words: readonly string[],
  values: Values,
): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? '';
  const place = words
    .slice(0, -1)
    .reduce(step, { command: program, operands: 0, given: [], pending: null, isLiteral: false });
  return (await possible(place, typed, values)).filter(({ value }) => value.startsWith(typed));
}

// --- internal ---

interface Place {
  readonly command: Command;
  /** How many arguments of the command have been given. */
  readonly operands: number;
  readonly given: readonly Option[];
  /** An option that still wants its value. */
  readonly pending: Option | null;
  /** After `--`. */
  readonly isLiteral: boolean;
}

function step(place: Place, word: string): Place {
  const { command, operands, given, pending, isLiteral } = place;
  if (pending !== null) return { ...place, pending: null };
  if (!isLiteral && word === '--') return { ...place, isLiteral: true };
  if (!isLiteral && word.startsWith('-')) {
    const [flag, inline] = word.split('=', 2);
    const option = optionsOf(command).find(({ long, short }) => flag === long || flag === short);
    if (option === undefined) return place;
    return { ...place, given: [...given, option], pending: option.required && inline === undefined ? option : null };
  }
  if (operands === 0 && word === 'help') return place;
  const next = operands === 0 ? command.commands.find((child) => child.name() === word) : undefined;
  return next === undefined ? { ...place, operands: operands + 1 } : { ...place, command: next };
}

async function possible(place: Place, typed: string, values: Values): Promise<readonly Candidate[]> {
  const { command, operands, given, pending, isLiteral } = place;
  if (pending !== null) return plainly(pending.argChoices ?? (await values(pending.name())));
  const [flag = '', inline] = typed.split('=', 2);
  if (!isLiteral && inline !== undefined && flag.startsWith('--')) {
    const option = optionsOf(command).find(({ long }) => long === flag);
    const known = option?.argChoices ?? (option === undefined ? [] : await values(option.name()));
    return plainly(known.map((value) => `${flag}=${value}`));
  }
  if (!isLiteral && typed.startsWith('-')) {
    return optionsOf(command)
      .filter((option) => !given.includes(option) || option.variadic)
      .map(({ long, short, description }) => ({ value: long ?? short ?? '', description }));
  }
  const children = operands === 0 ? command.createHelp().visibleCommands(command) : [];
  if (command.commands.length > 0) {
    return children.map((child) => ({ value: child.name(), description: child.description() }));
  }
  const args = command.registeredArguments;
  const argument = args[operands] ?? (args.at(-1)?.variadic === true ? args.at(-1) : undefined);
  return argument === undefined ? [] : plainly(argument.argChoices ?? (await values(argument.name())));
}

/** Its own and those of all commands above it, `--help` included. */
function optionsOf(command: Command): readonly Option[] {
  const own = command.createHelp().visibleOptions(command);
  return command.parent === null ? own : [...own, ...command.parent.options.filter(({ long }) => long !== '--version')];
}

const plainly = (values: readonly string[]): readonly Candidate[] =>
  values.map((value) => ({ value, description: '' }));
