// Changes one token of the glue at a time and asks whether a test of the quick loop notices:
//   npm run mutate -- [room or file …] [--sample 60] [--seed 1] [--minutes 20] [--slow 30] [--list]
// Works on a copy in the folder for temporary files, never in the checkout. The same seed draws the same changes.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { parseSync } from 'vite';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const ROOMS = ['press', 'findings', 'words', 'study'];
const COPIED = ['src', 'schema', 'scenes', 'examples', 'docs', 'package.json', 'vitest.config.ts', 'README.md'];

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '20' },
    // a test that alone takes longer than this, s, is not asked
    slow: { type: 'string', default: '30' },
    list: { type: 'boolean', default: false },
  },
});

// ---- what is changed ----

const FLIP = { '<': '>=', '>=': '<', '>': '<=', '<=': '>', '===': '!==', '!==': '===', '&&': '||', '||': '&&' };
const SWAP = { '+': '-', '-': '+', '*': '/', '/': '*', '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' };
const TEXT = { left: 'right', right: 'left' };
const CALLED = { min: 'max', max: 'min', some: 'every', every: 'some', floor: 'ceil', ceil: 'floor' };

/** Every change of a file: from start to end stands `text` instead. */
function changesOf(source, path) {
  const found = [];
  const put = (kind, start, end, text) => found.push({ path, kind, start, end, text });
  /** Where an operator stands between two operands. */
  const operator = (node) => {
    const at = source.indexOf(node.operator, node.left.end);
    return [at, at + node.operator.length];
  };
  const isText = (node) =>
    node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== 'object' || typeof node.type !== 'string') return;
    // types do nothing, what is imported is not glue, and sentences of errors have tests by the dozen
    if (/^TS(?!NonNull|As|Satisfies)/.test(node.type) || /^Import|^ThrowStatement$/.test(node.type)) return;
    switch (node.type) {
      case 'BinaryExpression':
      case 'LogicalExpression': {
        const other = FLIP[node.operator] ?? SWAP[node.operator];
        if (other !== undefined && !isText(node.left) && !isText(node.right))
          put(FLIP[node.operator] ? 'flip' : 'swap', ...operator(node), other);
        break;
      }
      case 'AssignmentExpression':
        if (SWAP[node.operator]) put('swap', ...operator(node), SWAP[node.operator]);
        break;
      case 'UnaryExpression':
        if (node.operator === '!' || node.operator === '-') put('negate', node.start, node.start + 1, ' ');
        break;
      case 'IfStatement':
      case 'ConditionalExpression':
        if (!/^(Binary|Logical|Unary)/.test(node.test.type))
          put('negate', node.test.start, node.test.end, `!(${source.slice(node.test.start, node.test.end)})`);
        break;
      case 'Literal':
        if (typeof node.value === 'number') {
          put('constant', node.start, node.end, node.value === 0 ? '1' : String(2 * node.value));
          if (node.value !== 0) put('constant', node.start, node.end, '0');
        } else if (typeof node.value === 'boolean') put('constant', node.start, node.end, String(!node.value));
        else if (Object.hasOwn(TEXT, node.value)) put('side', node.start, node.end, `'${TEXT[node.value]}'`);
        break;
      case 'MemberExpression':
        if (!node.computed && Object.hasOwn(CALLED, node.property.name))
          put('call', node.property.start, node.property.end, CALLED[node.property.name]);
        break;
      case 'ExpressionStatement':
        if (/^(Call|Assignment|Await|Update)Expression$/.test(node.expression.type))
          put('drop', node.start, node.end, ';');
        break;
      case 'FunctionDeclaration':
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        if (node.body?.type === 'BlockStatement' && node.body.body.length > 0)
          put('return early', node.body.start + 1, node.body.start + 1, ' return;');
        break;
    }
    for (const [key, child] of Object.entries(node)) if (key !== 'type') visit(child);
  };
  visit(parseSync(path, source).program);
  return found;
}

/** Pseudo-random numbers in [0, 1) by Mulberry32. */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(all, random) {
  const out = [...all];
  for (let n = out.length - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1));
    [out[n], out[other]] = [out[other], out[n]];
  }
  return out;
}

const wanted = positionals.length > 0 ? positionals : ROOMS;
const roomOf = (path) => path.split('/')[1];
const paths = readdirSync(join(ROOT, 'src'), { recursive: true })
  .map((path) => join('src', path).replaceAll('\\', '/'))
  .filter((path) => /\.ts$/.test(path) && !/\.(test|data|test-data|d)\.ts$/.test(path))
  .filter((path) => wanted.some((name) => path === name || roomOf(path) === name))
  .sort();
const every = paths.flatMap((path) => changesOf(readFileSync(join(ROOT, path), 'utf8'), path));
const sample = shuffled(every, randomOf(Number(options.seed))).slice(0, Number(options.sample));
console.log(`${every.length} changes of ${paths.length} files; ${sample.length} of them by seed ${options.seed}`);
if (options.list) {
  for (const change of sample) console.log(described(change));
  process.exit();
}

/** 'src/a.ts:12 flip: `a < b` → `>=`' */
function described({ path, kind, start, end, text }) {
  const source = readFileSync(join(ROOT, path), 'utf8');
  const line = source.slice(0, start).split('\n').length;
  const from = source.lastIndexOf('\n', start - 1) + 1;
  const whole = source.slice(from).split('\n', 1)[0].trim();
  return `${path}:${line} ${kind}: ${source.slice(start, end).slice(0, 60) || '(nothing)'} → ${text.trim().slice(0, 60) || '(nothing)'} in: ${whole.slice(0, 110)}`;
}

// ---- a copy, and the tests near a file ----

/** Tests that take less than this, s, are asked first. */
const QUICK = 3;

const copy = mkdtempSync(join(tmpdir(), 'psoascope-mutate-'));
let running;
/** Ends a run with all that it has started. */
function end(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}
process.on('exit', () => {
  if (running !== undefined) end(running);
  rmSync(copy, { recursive: true, force: true, maxRetries: 5 });
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
mkdirSync(copy, { recursive: true });
for (const name of COPIED) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
for (const name of readdirSync(ROOT)) if (/^tsconfig.*json$/.test(name)) cpSync(join(ROOT, name), join(copy, name));
symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));

/** Runs test files of the quick loop; ends everything that it started after `limit` seconds. */
function vitest(files, limit, ...more) {
  return new Promise((done) => {
    const child = spawn(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', 'run', '--project', 'unit', '--maxWorkers', '1', ...more, ...files],
      { cwd: copy, detached: true, stdio: 'ignore' },
    );
    running = child;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      end(child);
    }, 1000 * limit);
    child.on('exit', (code) => {
      clearTimeout(timer);
      running = undefined;
      done(late ? 'hung' : code === 0 ? 'green' : 'red');
    });
  });
}

/** Files that a file imports, all the way. */
const imports = new Map();
function importsOf(path) {
  if (!imports.has(path)) {
    const source = readFileSync(join(ROOT, path), 'utf8');
    const direct = [...source.matchAll(/^(?:import|export)(?! type)[^;]*?from '(\.[^']+)'/gm)].map((m) =>
      relative(ROOT, resolve(ROOT, dirname(path), m[1])),
    );
    imports.set(
      path,
      direct.filter((each) => /\.tsx?$/.test(each)),
    );
  }
  return imports.get(path);
}
function distances(test) {
  const far = new Map([[test, 0]]);
  for (const path of far.keys())
    for (const next of importsOf(path)) if (!far.has(next)) far.set(next, far.get(path) + 1);
  return far;
}

const started = Date.now();
const seconds = () => (Date.now() - started) / 1000;
const touched = new Set(sample.map((change) => change.path));
const tests = readdirSync(join(ROOT, 'src'), { recursive: true })
  .map((path) => join('src', path).replaceAll('\\', '/'))
  .filter((path) => /\.test\.ts$/.test(path) && !/fuzz/.test(path))
  .map((path) => ({ path, far: distances(path) }))
  .filter(({ far }) => [...touched].some((path) => far.has(path)))
  // a test of a room far to the right asks for whole pages: only those of the rooms themselves and of the library as a whole
  .filter(({ path }) => ROOMS.includes(roomOf(path)) || path === 'src/evidence/every-constant.test.ts');
const report = join(copy, 'quick-loop.json');
await vitest(
  tests.map(({ path }) => path),
  3600,
  '--reporter=json',
  `--outputFile=${report}`,
);
const took = new Map();
for (const { name, startTime, endTime, status } of JSON.parse(readFileSync(report, 'utf8')).testResults) {
  if (status !== 'passed') {
    console.error(`${relative(copy, name)} is red without any change`);
    process.exit(1);
  }
  took.set(relative(copy, name).replaceAll('\\', '/'), (endTime - startTime) / 1000);
}
/** Tests near a file, in three goes: the quick ones of its own room, its others, those of other rooms. */
function near(path) {
  const some = tests.filter((t) => t.far.has(path) && (took.get(t.path) ?? Infinity) <= Number(options.slow));
  const own = some.filter((t) => roomOf(t.path) === roomOf(path));
  const quick = own.filter((t) => took.get(t.path) < QUICK);
  const names = (list) => list.sort((a, b) => a.far.get(path) - b.far.get(path)).map((t) => t.path);
  return [quick, own.filter((t) => !quick.includes(t)), some.filter((t) => !own.includes(t))]
    .map(names)
    .filter((list) => list.length > 0);
}
console.log(`${took.size} test files are green without a change (${seconds().toFixed(0)} s)`);

// ---- one at a time ----

const score = new Map(wanted.map((room) => [room, { killed: 0, all: 0, bare: 0 }]));
const survivors = [];
for (const [n, change] of sample.entries()) {
  if (seconds() > 60 * Number(options.minutes)) {
    console.log(`stopped after ${options.minutes} minutes, with ${n} of ${sample.length} tried`);
    break;
  }
  const { path, start, end, text } = change;
  const source = readFileSync(join(ROOT, path), 'utf8');
  const goes = near(path);
  writeFileSync(join(copy, path), source.slice(0, start) + text + source.slice(end));
  let outcome = goes.length === 0 ? 'no test' : 'green';
  for (const files of goes) {
    const usual = files.reduce((sum, file) => sum + took.get(file), 0);
    outcome = await vitest(files, 120 + 10 * usual, '--bail', '1');
    if (outcome !== 'green') break;
  }
  writeFileSync(join(copy, path), source);
  const row = score.get(score.has(path) ? path : roomOf(path));
  row.all++;
  if (outcome === 'red' || outcome === 'hung') row.killed++;
  else survivors.push({ change, outcome });
  const mark = { red: 'killed  ', hung: 'hung    ', green: 'SURVIVED', 'no test': 'NO TEST ' }[outcome];
  console.log(`${mark} ${described(change)}`);
}
console.log('');
for (const [room, { killed, all }] of score)
  if (all > 0) console.log(`${room}: ${killed} of ${all} killed, ${((100 * killed) / all).toFixed(0)} %`);
const [killed, all] = ['killed', 'all'].map((key) => [...score.values()].reduce((sum, row) => sum + row[key], 0));
console.log(
  `together: ${killed} of ${all}, ${((100 * killed) / Math.max(1, all)).toFixed(0)} % (${seconds().toFixed(0)} s)`,
);
