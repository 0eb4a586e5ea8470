// `completion` and what its scripts call: the hidden `__complete`. What they do is in commands/, loaded when it is called.
import { Argument, type Command } from 'commander';
import type { ProgramContext } from './context.ts';
import { helpEnd } from './help.ts';

export function addCompletionCommands(program: Command, { terminal }: ProgramContext): void {
  program
    .command('completion')
    .addArgument(new Argument('<shell>', 'whose script to print').choices(['bash', 'zsh', 'fish']))
    .description('print the completion script of a shell')
    .addHelpText('after', `${installation}\n${helpEnd({ 'smartorders completion bash': 'the script, to be sourced' })}`)
    .action(async (shell) => terminal.out((await import('../commands/completion-script.ts')).completionScript(shell)));

  program
    .command('__complete', { hidden: true })
    .argument('[words...]')
    .helpOption(false)
    .allowUnknownOption()
    .action(async (words) => (await import('../commands/complete.ts')).complete(program, words, terminal));
}

const installation = `
Install (smartorders must be in PATH):
  bash  echo 'source <(smartorders completion bash)' >> ~/.bashrc
  zsh   smartorders completion zsh > "\${fpath[1]}/_smartorders"
  fish  smartorders completion fish > ~/.config/fish/completions/smartorders.fish`;
