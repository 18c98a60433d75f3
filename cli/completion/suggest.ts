import type { Command, Option } from 'commander';
import { type Known, type Suggestions, valuesOf } from './values.ts';

/** What has been typed before the word that is to be completed. */
interface Typed {
  readonly command: Command;
  /** How many arguments it has. */
  readonly given: number;
  /** The option whose value comes, or may come. */
  readonly option: Option | undefined;
  /** Its value has to come. */
  readonly isDue: boolean;
  /** Behind `--` nothing is an option. */
  readonly onlyArguments: boolean;
}

/** What the last word may become. Reads no more than the tree of commands. */
export function suggest(program: Command, words: readonly string[], known: Known): Suggestions {
  const last = words.at(-1) ?? '';
  const typed = words.slice(0, -1).reduce(after, {
    command: program,
    given: 0,
    option: undefined,
    isDue: false,
    onlyArguments: false,
  });
  const { command, option, isDue, onlyArguments } = typed;
  if (option && isDue) return beginning(valuesOf(option, known), last);
  const [flag = '', value] = last.split(/=(.*)/s);
  if (last.startsWith('-') && !onlyArguments) {
    const named = value === undefined ? undefined : optionOf(command, flag);
    if (value === undefined) return beginning({ values: flagsOf(command), files: false }, last);
    return named ? beginning(valuesOf(named, known), value) : NOTHING;
  }
  const lists = [...(option ? [valuesOf(option, known)] : []), positional(typed, known)];
  return beginning(
    { values: lists.flatMap(({ values }) => values), files: lists.some(({ files }) => files) },
    last,
  );
}

const NOTHING: Suggestions = { values: [], files: false };

/** As commander reads words: an option takes what it has to, and then what does not look like an option. */
function after(typed: Typed, word: string): Typed {
  const { command, given, option, isDue, onlyArguments } = typed;
  if (option && (isDue || (!onlyArguments && !word.startsWith('-'))))
    return { ...typed, isDue: false, option: option.variadic ? option : undefined };
  const none = { ...typed, option: undefined, isDue: false };
  if (onlyArguments) return { ...none, given: given + 1 };
  if (word === '--') return { ...none, onlyArguments: true };
  if (word.startsWith('-') && word !== '-') {
    const found = word.includes('=') ? undefined : optionOf(command, word);
    if (found === undefined || found.isBoolean()) return none;
    return { ...none, option: found, isDue: found.required };
  }
  const next = given === 0 ? command.commands.find((each) => each.name() === word) : undefined;
  return next ? { ...none, command: next } : { ...none, given: given + 1 };
}

function optionOf({ options }: Command, flag: string): Option | undefined {
  return options.find(({ long, short }) => flag === long || flag === short);
}

function flagsOf(command: Command): Suggestions['values'] {
  const shown = command.createHelp().visibleOptions(command);
  return [...new Set([...shown, ...command.options])].flatMap(({ long, description }) =>
    long ? [{ value: long, description }] : [],
  );
}

function positional({ command, given }: Typed, known: Known): Suggestions {
  if (command.commands.length > 0) {
    const shown = given === 0 ? command.createHelp().visibleCommands(command) : [];
    const values = shown.map((each) => ({ value: each.name(), description: each.summary() }));
    return { values, files: false };
  }
  const { registeredArguments } = command;
  const rest = registeredArguments.at(-1);
  const argument = registeredArguments[given] ?? (rest?.variadic ? rest : undefined);
  return argument ? valuesOf(argument, known) : NOTHING;
}

function beginning({ values, files }: Suggestions, text: string): Suggestions {
  return { values: values.filter(({ value }) => value.startsWith(text)), files };
}
