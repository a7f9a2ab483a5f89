import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { curvesOf, drawCurves, forceAt, readCalculix, readFebio, tableOf } from '../scripts/force-depth.mjs';

// what other programs answer, written by hand in the forms that their manuals give

const FEBIO = `
===== beginning time step 3 : 3 =====

 Nonlinear solution status: time= 3
\tstiffness updates             = 4
 convergence summary
    number of iterations   : 4
Data Record #1
===========================================================================
Step = 3
Time = 3
Data = tool
1 -3 -4100.5

Data Record #2
===========================================================================
Step = 3
Time = 3
Data = floor
2 -3 0

------- converged at time : 3

Data Record #1
===========================================================================
Step = 4
Time = 5.5
Data = tool
1 -5.5 -9000
Data Record #2
===========================================================================
Step = 4
Time = 5.5
Data = floor
2 -5.5 -1000
 Elapsed time : 0:00:12
7 8 9
`;
const FEBIO_FILE =
  '*Step  = 1\n*Time  = 2\n*Data  = tool\n1,-2,-500\n*Step  = 2\n*Time  = 3\n*Data  = tool\n1,-3,-700\n';
const CALCULIX = `
 total force (fx,fy,fz) for set HELD and time  0.3000000E+01

       -1.200000E+01  3.400000E+00  4.000000E+03

 total force (fx,fy,fz) for set HELD and time  0.5500000E+01

        0.000000E+00  0.000000E+00  9.900000E+03
 total force (fx,fy,fz) for set OTHER and time  0.5500000E+01

        0.000000E+00  0.000000E+00  1.000000E+00
`;

describe('what other programs say of force and depth', () => {
  it('is read from a log of FEBio, tool and floor together, and from a file of its data', () => {
    expect(readFebio(FEBIO)).toEqual([
      { travel: 3, force: 4.1005 },
      { travel: 5.5, force: 10 },
    ]);
    expect(readFebio(FEBIO_FILE)).toEqual([
      { travel: 2, force: 0.5 },
      { travel: 3, force: 0.7 },
    ]);
    expect(readFebio('nothing of the kind')).toEqual([]);
  });

  it('is read from a .dat of CalculiX', () => {
    expect(readCalculix(CALCULIX)).toEqual([
      { travel: 3, force: 4 },
      { travel: 5.5, force: 9.9 },
    ]);
  });

  it('is drawn against the depth of the press, beside the press and our own answer', () => {
    const curves = curvesOf({
      press: { path: [1, 3.5].map((depth_mm) => ({ depth_mm, force_N: 3 * depth_mm, floorForce_N: 0.5 })) },
      twin: { _lift_mm: 2 },
      solved: { steps: [{ depth_mm: 3, force_N: 4 }] },
      febio: FEBIO,
      calculix: CALCULIX,
    });
    expect(curves.map(({ points }) => points)).toEqual([
      [
        { depth: 1, force: 3.5 },
        { depth: 3.5, force: 11 },
      ],
      [{ depth: 1, force: 4 }],
      [
        { depth: 1, force: 4.1005 },
        { depth: 3.5, force: 10 },
      ],
      [
        { depth: 1, force: 4 },
        { depth: 3.5, force: 9.9 },
      ],
    ]);
    expect(forceAt(curves[3]!.points, 2.25)).toBeCloseTo(6.95, 12);
    expect(forceAt(curves[3]!.points, 9)).toBeUndefined();
    const picture = drawCurves(curves);
    // 560 px for 3.5 mm and 300 px for 11 N: FEBio's last point
    expect(picture).toContain(`<circle cx="620.0" cy="${(20 + 300 * (1 - 10 / 11)).toFixed(1)}"`);
    for (const { name } of curves) expect(picture).toContain(`>${name}</text>`);
    expect(picture.match(/<polyline/g)).toHaveLength(4);
    expect(tableOf(curves).split('\n')[2]).toBe('3.50\t11.0\t\t10.0\t9.9');
  });
});

describe('the script itself', () => {
  const folder = mkdtempSync(join(tmpdir(), 'force-depth-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const script = (...args: string[]): { status: number | null; out: string; err: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/force-depth.mjs', ...args], {
      encoding: 'utf8',
    });
    return { status, out: stdout, err: stderr };
  };
  const press = file('press.json', JSON.stringify({ path: [{ depth_mm: 3, force_N: 4 }] }));
  const twin = file('twin.json', JSON.stringify({ _lift_mm: 0.5 }));
  const febio = file('run.log', FEBIO);

  it('prints a table and draws it', () => {
    const svg = join(folder, 'curves.svg');
    const { status, out, err } = script(press, '--twin', twin, '--febio', febio, '-o', svg);
    expect([status, err]).toEqual([0, '']);
    expect(out).toContain('depth, mm\tthe press, N\tits twin, FEBio, N');
    expect(readFileSync(svg, 'utf8')).toMatch(/^<svg/);
  });

  it.each([
    ['nothing', [], /Name the JSON of a press/],
    ['no such file', [join(folder, 'none.json')], /none\.json cannot be read \(ENOENT\)\./],
    ['an unknown option', [press, '--abaqus', febio], /--abaqus/],
    ['two presses', [press, press], /Name one press only/],
    ['what is no JSON', [febio], /run\.log is no JSON/],
    ['another file for a press', [twin], /twin\.json is not what psoascope press --json prints/],
    [
      'another file for a twin',
      [press, '--twin', press],
      /press\.json is not a file of psoascope export --format twin/,
    ],
    [
      'another file for an answer',
      [press, '--twin', twin, '--solved', press],
      /is not what psoascope solve --json prints/,
    ],
    [
      'a log without forces',
      [press, '--twin', twin, '--febio', press],
      /press\.json holds no forces as FEBio writes them/,
    ],
    [
      'another program’s answer',
      [press, '--twin', twin, '--calculix', febio],
      /holds no forces as CalculiX writes them/,
    ],
    ['an answer without its twin', [press, '--febio', febio], /Name the twin too/],
    ['no place for the picture', [press, '-o', join(folder, 'no', 'x.svg')], /x\.svg cannot be written \(ENOENT\)\./],
  ])('says in one sentence what is wrong: %s', (_what, args, message) => {
    const { status, err } = script(...args);
    expect(status).toBe(2);
    expect(err).toMatch(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});
