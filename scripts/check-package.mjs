// Packs the package as it would be published, installs it in an empty project and tries it there as a stranger would: the
// command line, a strict TypeScript program that is compiled and run, and ten lines bundled for a browser.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'psoascope-package-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const insist = (what, holds) => {
  if (!holds) throw new Error(`The packed package: ${what}`);
  console.log(`  ${what}`);
};

/** A bundle of a program for a browser, in bytes; modules of Node in it are an error. */
async function bundled(name, source) {
  writeFileSync(join(folder, `${name}.js`), source);
  const warnings = [];
  await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: `out-${name}`,
      target: 'es2022',
      lib: { entry: `${name}.js`, formats: ['es'], fileName: name },
      rolldownOptions: { onwarn: (warning) => warnings.push(warning.message) },
    },
  });
  const outside = warnings.filter((text) => /externali[sz]ed/i.test(text) && !/gltf-transform/.test(text));
  insist(`${name} asks for nothing that a browser lacks${outside.join('; ')}`, outside.length === 0);
  const files = readdirSync(join(folder, `out-${name}`), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, `out-${name}`, file))
    .filter((file) => file.endsWith('.js'));
  const text = Buffer.concat(files.map((file) => readFileSync(file)));
  return { bytes: text.length, packed: gzipSync(text).length, main: files.find((file) => file.endsWith(`${name}.js`)) };
}

try {
  const [{ filename, files }] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  );
  const names = files.map(({ path }) => path);
  const strays = names.filter((name) => /\.test\.|test-data|^dist\/\.|tsbuildinfo|^src\//.test(name));
  insist(`holds ${names.length} files, none of them a test or a leftover ${strays.slice(0, 3)}`, strays.length === 0);
  for (const needed of [
    'README.md',
    'MODEL_CARD.md',
    'LICENSE',
    'dist/index.js',
    'dist/index.d.ts',
    'dist/mechanics.d.ts',
    'dist/web/index.html',
    'dist/web/third-party-notices.txt',
    'schema/scenario.schema.json',
  ])
    if (!names.includes(needed)) throw new Error(`The packed package lacks ${needed}`);

  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'stranger', private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', `./${filename}`]);
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
  const said = run(join(folder, 'node_modules/.bin/psoascope'), ['--version']).trim();
  insist(`the command line says its version, ${said}`, said.includes(version));

  // as strict as TypeScript goes, with the types of the package checked too
  mkdirSync(join(folder, 'src'));
  writeFileSync(
    join(folder, 'src/program.ts'),
    `import { inEnglish, InputError, noteText, parseScenario, type Result, run, type Scenario, TOOL_FAMILIES, VERSION } from 'psoascope';
import { parseNeutral, solveNeutral } from 'psoascope/mechanics';
import schema from 'psoascope/scenario.schema.json' with { type: 'json' };

const scenario: Scenario = parseScenario({ tool: { id: 'ball-tennis' }, load: { force_N: 20 }, cell_mm: 15, uncertainty: 0 });
const { result }: { result: Result } = await run(scenario);
if (!result.solver.converged) throw new Error(noteText(inEnglish, result.solver.stopped ?? { id: 'notice' }));
let sentence = '';
try {
  parseScenario({ cell_mm: 99 });
} catch (error) {
  if (error instanceof InputError) sentence = error.message;
}
const last = result.path.at(-1);
if (result.manifest.version !== VERSION) throw new Error(result.manifest.version);
const plate = { where: { type: 'nodes_in_box', min: [0, 0, 0], max: [40, 40, 0] }, fix: ['x', 'y', 'z'] };
const block = parseNeutral(
  {
    name: 'block',
    domain: { min: [0, 0, 0], max: [40, 40, 20] },
    regions: [{ name: 'block', shape: { type: 'all' }, material: 'soft' }],
    materials: { soft: { E: 10, nu: 0.3 } },
    dirichlet: [plate],
    tool: { type: 'sphere', radius: 15, axis_xy: [20, 20], centre_z: '20 + 15 - depth' },
    depths: [2],
  },
  'block',
);
const { steps } = await solveNeutral(block, 5);
console.log(JSON.stringify({ force: last?.force_N, tools: TOOL_FAMILIES.length, sentence, schema: schema.$schema, block: steps[0]?.force_N }));
`,
  );
  const options = {
    target: 'ES2023',
    module: 'NodeNext',
    lib: ['ES2023', 'DOM'],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    resolveJsonModule: true,
    skipLibCheck: true,
    types: [],
    rootDir: 'src',
    outDir: 'made',
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['src'] }));
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder]);
  const answer = JSON.parse(run(process.execPath, ['--no-warnings', join(folder, 'made/program.js')]));
  insist(`a strict program presses with ${answer.force} N`, Math.abs(answer.force - 20) < 0.2);
  insist(`and hears what is wrong: ${answer.sentence}`, answer.sentence.includes('cell_mm') && answer.tools > 5);

  insist(`and solves a block with the solver alone: ${answer.block} N`, answer.block > 0.1);

  const tools = await bundled(
    'tools',
    "import { TOOL_FAMILIES } from 'psoascope';\nconsole.log(TOOL_FAMILIES.length);\n",
  );
  insist(
    `the list of tools alone is ${(tools.bytes / 1000).toFixed(1)} kB (${(tools.packed / 1000).toFixed(1)} kB packed)`,
    tools.bytes < 40_000,
  );
  insist('and the bundle runs', Number(run(process.execPath, [tools.main])) === answer.tools);
  const solver = await bundled(
    'solver',
    "import { Solver } from 'psoascope/mechanics';\nglobalThis.solver = Solver;\n",
  );
  insist(
    `the solver alone is ${Math.round(solver.bytes / 1000)} kB (${Math.round(solver.packed / 1000)} kB packed), without words, anatomy or schemas`,
    solver.bytes < 250_000,
  );
  const whole = await bundled(
    'press',
    `import { parseScenario, run } from 'psoascope';
const scenario = parseScenario({ tool: { id: 'ball-tennis' }, load: { force_N: 20 }, cell_mm: 15, uncertainty: 0 });
run(scenario).then(({ result }) => console.log(result.path.at(-1).force_N));
`,
  );
  insist(
    `a whole press is ${Math.round(whole.bytes / 1000)} kB (${Math.round(whole.packed / 1000)} kB packed)`,
    statSync(whole.main).size > 0,
  );
  insist('and gives the same force', Number(run(process.execPath, [whole.main])) === answer.force);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
