// What a wall of soft muscle and fibres would do to the default press, beside the mat that the model has: decisions/0016.
// npm run build && node bench/wall-fibres.mjs [cells, mm] [mat, soft or a factor on the fibres' stiffness, with :T an active tension across the body, N/mm]
// and :p fibres that are taut at rest, so that the belly is under p kPa, e.g. 10,8,6 mat,0.5,1,2,1:0.4,1:0:1
import { pressOnce } from '../dist/findings/press-once.js';
import { SheetPoints } from '../dist/mechanics/sheet-points.js';
import { roundTheBody } from '../dist/press/bracing.js';
import { tissueMaterials } from '../dist/press/materials.js';
import { parseScenario } from '../dist/press/parse-scenario.js';
import { KeptModels, prepare } from '../dist/press/prepare.js';

/** Exponents along the fibres and across them: 1.6 N/mm at 15 % across the body and at 27 % up and down, in the range of H-63. */
const ALONG = 12.7;
const ACROSS = 2.8;
/**
 * Fibres by layer: degrees from transverse towards the head, as seen on the left; stiffness k₁, kPa, and exponent; thickness as the layer is drawn, mm. The obliques
 * run down and up towards the midline, the transversus across (Urquhart D.M. et al., Clin Biomech 2005;20:233-241, abstract read: no angles; 35° is an
 * estimate). Across its fibres a layer has 0.4 of its stiffness (T-31: 20 of 50 kPa). k₁ is fitted to 12 mmHg at 7.2 % stretch of both directions
 * (V-12, radii T-32), two thirds of the force across (T-28: 42.5 and 22.5 kPa). Where 1 N/mm of active tension goes across the body, and about half of that up and down,
 * the muscles (and aponeuroses in line with them) pull with `active` kPa.
 */
export const LAYERS = [
  { structure: 'external_oblique', part: 'side', degrees: 35, k1: 36, k2: ALONG, thickness: 7.5, active: 72 },
  { structure: 'external_oblique', part: 'side', degrees: 125, k1: 18, k2: ACROSS, thickness: 7.5 },
  { structure: 'internal_oblique', part: 'side', degrees: -35, k1: 36, k2: ALONG, thickness: 7.5, active: 72 },
  { structure: 'internal_oblique', part: 'side', degrees: 55, k1: 18, k2: ACROSS, thickness: 7.5 },
  { structure: 'transversus_abdominis', part: 'side', degrees: 0, k1: 36, k2: ALONG, thickness: 4, active: 72 },
  { structure: 'transversus_abdominis', part: 'side', degrees: 90, k1: 18, k2: ACROSS, thickness: 4 },
  { structure: 'rectus_sheath', part: 'front', degrees: 0, k1: 110, k2: ALONG, thickness: 5, active: 200 },
  { structure: 'rectus_sheath', part: 'front', degrees: 90, k1: 55, k2: ACROSS, thickness: 5 },
  { structure: 'rectus_abdominis', part: 'front', degrees: 90, k1: 8.2, k2: ACROSS, thickness: 10, active: 54 },
  { structure: 'rectus_abdominis', part: 'front', degrees: 0, k1: 2.6, k2: ALONG, thickness: 10 },
  { structure: 'linea_alba', part: 'seam', degrees: 0, k1: 110, k2: ALONG, thickness: 5, active: 200 },
  { structure: 'linea_alba', part: 'seam', degrees: 90, k1: 55, k2: ACROSS, thickness: 5 },
];
const radians = (degrees) => (degrees * Math.PI) / 180;

/** The wall as soft muscle: its mat's stiffening taken off. */
export function softWall() {
  const { muscle, muscle_wall: wall, aponeurosis: seam } = tissueMaterials();
  const a = muscle.stiffening.value;
  return {
    muscle_wall: { stiffening: a / wall.stiffening.value },
    aponeurosis: { mu: wall.mu / seam.mu, stiffening: a / seam.stiffening.value },
  };
}

/** Fibres of the wall of a model: each layer is filled with its own. @param factor on all stiffnesses @param tension across the body, N/mm @param taut how far all are stretched at rest */
export function wallFibres({ grid, fill, fine }, factor = 1, tension = 0, taut = 1) {
  const points = new SheetPoints(grid, (c) => fill[c] > 0);
  const [nx, ny] = fine.grid.size;
  const h = fine.grid.spacing;
  const place = (c) => [
    fine.grid.origin[0] + h * ((c % nx) + 0.5),
    fine.grid.origin[1] + h * ((Math.floor(c / nx) % ny) + 0.5),
    fine.grid.origin[2] + h * (Math.floor(c / (nx * ny)) + 0.5),
  ];
  const labelsOf = (wanted) => fine.table.map(({ structure }, label) => label > 0 && wanted(structure));
  const isWall = labelsOf((structure) => LAYERS.some((layer) => layer.structure === structure));
  const way = roundTheBody(fine, (label) => isWall[label]);
  for (const { structure, degrees, k1, k2, active = 0 } of LAYERS) {
    points.begin({ k1: factor * k1, k2, tension: tension * active, taut });
    const isLayer = labelsOf((name) => name === structure);
    const [cos, sin] = [Math.cos(radians(degrees)), Math.sin(radians(degrees))];
    for (let c = 0; c < fine.labels.length; c++) {
      if (!isLayer[fine.labels[c]]) continue;
      const at = place(c);
      const round = way(c);
      if (round !== undefined) points.add(at, h ** 3, [round.x * cos, round.y * cos, round.side * sin]);
    }
  }
  return points.fibres();
}

/** Forces per breadth of a part of the wall that is stretched alike in both directions, N/mm: across, and up and down. */
function forces(part, stretch, withMatrix = true) {
  const e = stretch ** 2 - 1;
  let [across, up, muscle] = [0, 0, 0];
  for (const layer of LAYERS) {
    if (layer.part !== part) continue;
    const f = 1e-3 * layer.thickness * 2 * layer.k1 * e * Math.exp(layer.k2 * e * e) * stretch;
    across += f * Math.cos(radians(layer.degrees)) ** 2;
    up += f * Math.sin(radians(layer.degrees)) ** 2;
    // each layer is listed twice
    muscle += layer.thickness / 2;
  }
  const { mu, stiffening } = tissueMaterials().muscle_wall;
  const a = stiffening.value * softWall().muscle_wall.stiffening;
  const i1 = 2 * stretch ** 2 + stretch ** -4 - 3;
  const matrix = 1e-3 * muscle * mu * (1 + a * i1) * (stretch - stretch ** -5);
  return withMatrix ? [across + matrix, up + matrix] : [across, up];
}

/** Stretch at which the fibres alone hold a pressure, kPa, by Laplace's law with the radii of T-32, at the side, where most of the wall is. */
function tautFor(kPa) {
  let [low, high] = [1, 1.5];
  for (let i = 0; i < 60; i++) {
    const mid = (low + high) / 2;
    const [across, up] = forces('side', mid, false).map((n) => mid * n);
    if (1e3 * (across / 200 + up / 470) < kPa) low = mid;
    else high = mid;
  }
  return low;
}

/** A-05 (12 mmHg) and A-04 (150 mmHg) by Laplace's law with the radii of T-32. */
function checks() {
  for (const part of ['front', 'side'])
    for (const kPa of [1.6, 20]) {
      let [low, high] = [1, 2];
      for (let i = 0; i < 60; i++) {
        const mid = (low + high) / 2;
        const [across, up] = forces(part, mid);
        if (1e3 * (across / 200 + up / 470) < kPa) low = mid;
        else high = mid;
      }
      const [across, up] = forces(part, low);
      const area = 100 * (low ** 2 - 1);
      console.log(
        `${part}, ${kPa} kPa: area +${area.toFixed(1)} %, ${across.toFixed(2)} and ${up.toFixed(2)} N/mm, ratio ${(across / up).toFixed(2)}`,
      );
    }
}

async function table(cells, walls) {
  console.log(
    'cell_mm,wall,converged,force_N,depth_mm,psoas_front,psoas,wall_kPa,small,large,iliacus,femoral_nerve,skin,iterations,cpu_s',
  );
  const models = new KeptModels(2);
  for (const cell_mm of cells) {
    const scenario = parseScenario({ cell_mm });
    const prepared = await prepare(scenario, { model: await models.of(scenario) });
    for (const wall of walls) {
      const [factor, tension = 0, rest = 0] = wall.split(':').map(Number);
      const taut = rest > 0 ? tautFor(rest) : 1;
      const fibres = factor > 0 ? { fibres: wallFibres(prepared.model, factor, tension, taut) } : {};
      const before = process.cpuUsage();
      const { press, findings, headline } = await pressOnce(
        prepared,
        wall === 'mat' ? {} : { scale: softWall(), ...fibres },
      );
      const { user, system } = process.cpuUsage(before);
      const pressure = (structure) =>
        findings.find((f) => f.structure === structure && f.quantity === 'tissue-pressure')?.value;
      const last = press.steps.at(-1);
      const numbers = [
        last.force + last.floorForce,
        last.depth,
        headline.psoasFrontPressure.value,
        ...['psoas_major', 'abdominal_wall', 'small_intestine', 'large_intestine', 'iliacus', 'femoral_nerve'].map(
          pressure,
        ),
        headline.skinPressure.value,
      ];
      const cost = [press.solver.iterations, ((user + system) / 1e6).toFixed(1)];
      console.log([cell_mm, wall, press.converged, ...numbers.map((n) => n?.toPrecision(3)), ...cost].join());
    }
  }
}

if (process.argv[1]?.endsWith('wall-fibres.mjs')) {
  checks();
  await table((process.argv[2] ?? '10,8,6').split(',').map(Number), (process.argv[3] ?? 'mat,1').split(','));
  process.exit(0);
}
