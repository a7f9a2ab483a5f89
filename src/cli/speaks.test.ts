import { afterEach, describe, expect, it, vi } from 'vitest';
import { ALL_EVIDENCE } from '../evidence/evidence.ts';
import { speakerOf } from '../messages/say.ts';
import { leftInEnglish, PSEUDO } from '../words/pseudo-language.test-data.ts';
import { runProgram } from './program.ts';
import { progressBar, type Terminal } from './terminal.ts';

// a report of a machine is no language: what is looked at is what a person reads

/** What a command says and prints in a language that nobody speaks. */
async function spoken(...args: string[]): Promise<string> {
  const said: string[] = [];
  const terminal: Terminal = {
    out: async (text) => void said.push(text),
    say: (line) => void said.push(line),
    interactive: false,
    speaker: speakerOf(PSEUDO),
    signal: new AbortController().signal,
  };
  // commander writes its help itself
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  await runProgram(args, terminal);
  return said.join('\n');
}
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const COMMANDS = ['start', 'press', 'compare', 'solve', 'study', 'worker', 'export', 'tools', 'structures', 'evidence', 'bodies', 'schema', 'serve', 'validate', 'doctor']; // biome-ignore format: one row

/** Names of commands and options, and what stands in brackets for a value, are the same in every language. */
const names = (text: string): string =>
  text
    .replace(/<[^>]*>|\[[a-z][\w. -]*\]/g, ' ')
    .replace(/-{1,2}[\w-]+/g, ' ')
    .replace(new RegExp(`\\b(psoascope|merge|help|${COMMANDS.join('|')})\\b`, 'g'), ' ');

describe('in a language that nobody speaks, the command line leaves no English', () => {
  it.each([[], ...COMMANDS.map((command) => [command]), ['study', 'merge']])(
    'in the help of %s',
    async (...command) => {
      const help = await spoken(...command, '--help');
      expect(help).toMatch(/Ûšåĝé/);
      // values that a default has
      const left = leftInEnglish(names(help).replace(/"[^"]*"/g, ' '));
      expect(
        left.filter((word) => !['plan', 'folders', 'id', 'name', 'folder', 'scenario', 'problem'].includes(word)),
      ).toEqual([]);
    },
  );

  it('in lists and in one figure, quoted sources left out', async () => {
    expect(leftInEnglish((await spoken('structures')).replace(/^\S+ {2,}.*?(?= {2,}\[)/gm, ' '))).toEqual([]);
    const known = /--\w+|\b(mm|deg|[a-z]+([A-Z]\w*)?=|[a-z-]+(?=[,\n]| {2}))/g;
    const tools = leftInEnglish((await spoken('tools')).replace(known, ' '));
    expect(tools.filter((word) => !/^[a-z-]+$/.test(word))).toEqual([]);
    expect(leftInEnglish(await spoken('bodies')).filter((word) => word !== 'cm')).toEqual([]);
    const row = ALL_EVIDENCE.find(({ id }) => id === 'H-04')!;
    const heads = (await spoken('evidence', 'H-04')).split('\n').filter((line) => /^\S/.test(line));
    expect(heads[0]).toBe(row.id);
    expect(heads.slice(1).flatMap((line) => leftInEnglish(line.split(/ {2,}/)[0]!))).toEqual([]);
    expect(leftInEnglish((await spoken('doctor')).replace(/\/\S+|GB|^(psoascope|node|chromium)\b/gm, ' '))).toEqual([]);
  });

  it('in progress, and around what went wrong', async () => {
    const lines: string[] = [];
    const stream = { isTTY: false, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream;
    const detail = { id: 'note.doing.press', values: { depth: '12', force: '80', target: '200' } };
    const bar = progressBar(stream, false, speakerOf(PSEUDO));
    bar.report({ phase: 'phase.press', fraction: 0.4, detail }, { before: 'a: ' });
    expect(lines.flatMap(leftInEnglish)).toEqual([]);
    expect(lines[0]).toContain('[12 ɱɱ');
  });

  it.each([
    [['press', '--speed', '5s'], /^\[\[\[Ûñķñöŵñ öþţîöñ '--speed'.*--seed.*; šéé þšöåšçöþé --ĥéļþ/s],
    [['prees'], /^\[\[\[Ûñķñöŵñ çöɱɱåñð 'prees'.*press/],
    [['press', 'a', 'b'], /^\[\[Ţöö ɱåñý .*'press'.* 1, .* 2/],
    [['export'], /--format <format>/],
    [['serve', '--port'], /--port <number>/],
    [['study', 'merge'], /'folders'/],
    [['press', '--load', '25'], /^\[--ļöåð .*, ñöţ 25/],
    [['press', '--cell', '99'], /^\[\[cell_mm ɱûšţ ƀé ƀéţŵééñ 4 åñð 15/],
    [['press', '--tool', 'sofa'], /^\[Ţĥéŕé îš ñö ţööļ sofa/],
    [['press', '--body', 'weight=1000'], /^\[ŵéîĝĥţ \[1000 kg/],
    [['press', '/nowhere.json'], /^\[\[Ţĥé šçéñåŕîö ƒîļé \/nowhere\.json/],
    [['study', '/nowhere.json', '-o', 'x'], /^\[\[Ţĥé þļåñ ƒîļé \/nowhere\.json/],
    [['evidence', 'Z-99'], /^\[ţĥéŕé îš ñö éṽîðéñçé ŕöŵ 'Z-99'/],
    [['worker', '--queue', 'nowhere'], /^\[--ǫûéûé .* Ŕéðîš/],
  ])('in what is wrong with %j', async (args, said) => {
    const line = await spoken(...args);
    expect(line).toMatch(said);
    expect(
      leftInEnglish(line.replace(/['"<].*?[>'"]|[:,;] [a-z-]+(, [a-z-]+)+|\[?cell_mm|sofa|redis:\S*|[(].*?[)]/g, ' ')),
    ).toEqual([]);
  });
});
