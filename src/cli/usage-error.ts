import type { CommanderError } from 'commander';
import { type Told, tell } from '../base/told.ts';
import { CLI_ERRORS } from '../messages/errors/cli.data.ts';

/** What commander found wrong with a command line, read from its English by the kind that it gives: the names stand in quotes. */
export function usageError({ code, message }: CommanderError): Told {
  const [, name = ''] = /'(.*?)'/.exec(message) ?? [];
  switch (code) {
    case 'commander.unknownOption':
      return suggesting(message, tell(CLI_ERRORS, 'error.usage.option', { name }));
    case 'commander.unknownCommand':
      return suggesting(message, tell(CLI_ERRORS, 'error.usage.command', { name }));
    case 'commander.missingArgument':
      return tell(CLI_ERRORS, 'error.usage.no-argument', { name });
    case 'commander.optionMissingArgument':
      return tell(CLI_ERRORS, 'error.usage.no-value', { name });
    case 'commander.missingMandatoryOptionValue':
      return tell(CLI_ERRORS, 'error.usage.no-option', { name });
    case 'commander.excessArguments': {
      const [, expected = '', got = ''] = /Expected (\d+) arguments? but got (\d+)/.exec(message) ?? [];
      return tell(CLI_ERRORS, 'error.usage.too-many', { name, expected, got });
    }
    default:
      return { id: 'error.usage', english: message.replace(/^error: /, '').replaceAll('\n', ' ') };
  }
}

/** The same with the names that come near, where there are any. */
function suggesting(message: string, what: Told): Told {
  const [, one, near] = /\(Did you mean (one of )?(.*)\?\)/.exec(message) ?? [];
  if (near === undefined) return what;
  return tell(CLI_ERRORS, one === undefined ? 'error.usage.near' : 'error.usage.near-more', { what, near });
}
