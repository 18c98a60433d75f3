import { Argument, type Command } from 'commander';
import { addManual } from '../manual.ts';
import { SHELLS, type Shell } from './shells.ts';

/** Adds completion, and `complete`, which its scripts ask at each Tab. */
export function addCompletion(program: Command): void {
  const completion = program
    .command('completion')
    .summary('print the script with which a shell completes commands')
    .description(
      'Prints the script with which a shell completes commands, options, their values, names of packs, and files. Where remediator is no command yet, the script makes it a function that runs this checkout. The examples are lines for ~/.bashrc, ~/.zshrc, ~/.config/fish/config.fish and $PROFILE, with ~/remediator for the checkout.',
    )
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS));
  addManual(completion, {
    exitCodes: { 0: 'done', 2: 'wrong usage' },
    examples: [
      'eval "$(cd ~/remediator && npx remediator completion bash)"',
      'eval "$(cd ~/remediator && npx remediator completion zsh)"',
      'fish -c "cd ~/remediator; npx remediator completion fish" | source',
      'Push-Location ~/remediator; npx remediator completion powershell | Out-String | Invoke-Expression; Pop-Location',
    ],
  });
  completion.action(async (shell: Shell) => {
    const { printScript } = await import('./print-script.ts');
    printScript(shell);
  });

  program
    .command('complete', { hidden: true })
    .description('Prints what may come next. The scripts of completion ask it.')
    .argument('[words...]', 'what has been typed; the last of it is to be completed')
    .action(async (words: readonly string[]) => {
      const { printSuggestions } = await import('./print-suggestions.ts');
      printSuggestions(program, words);
    });
}
