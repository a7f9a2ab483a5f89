import { kPaOfMmHg } from '../base/units.ts';
import type { Side } from '../voxel/model.ts';
import type { Physiology } from './physiology.ts';
import { areaRatio, type Blood, type Drop, dropOver, flowPast, veinFlow } from './tube-law.ts';
import { tubeOf, VESSELS } from './vessels.ts';

/**
 * Blood to the legs and the pelvis and back as one circulation: what a vessel lets through is what the vessels in series with it
 * let through. Arteries are the aorta, which forks into the common iliac ones, each into what the pelvis gets and an external one
 * to the leg; veins run back beside them.
 */

/** A vessel as a press squeezes it. */
export interface Squeezed {
  readonly structure: string;
  readonly side: Side;
  /** Pressure that the press adds outside where it is highest, kPa; at veins all of it, with what the whole belly gets. */
  readonly pressure: number;
  /** Length that is narrowed, mm. */
  readonly length: number;
}

/** A fork of the two trees, with the flow at rest of what it supplies itself, mm³/s. */
interface Stem {
  readonly artery: string;
  readonly vein: string;
  readonly side: Side;
  readonly own: number;
  readonly beyond: readonly Stem[];
}

/** Flow at rest, mm³/s (T-110). */
const atRest = (artery: string): number => (VESSELS[artery]!.flow * 1000) / 60;

const TREE: Stem = {
  artery: 'abdominal_aorta',
  vein: 'inferior_vena_cava',
  side: 'midline',
  own: atRest('abdominal_aorta') - 2 * atRest('common_iliac_artery'),
  beyond: (['left', 'right'] as const).map((side) => ({
    artery: 'common_iliac_artery',
    vein: 'common_iliac_vein',
    side,
    own: atRest('common_iliac_artery') - atRest('external_iliac_artery'),
    beyond: [
      {
        artery: 'external_iliac_artery',
        vein: 'external_iliac_vein',
        side,
        own: atRest('external_iliac_artery'),
        beyond: [],
      },
    ],
  })),
};

/** Viscosity T-109, density T-06. */
const BLOOD: Blood = { viscosity: 3.5e-6, density: 1050e-9 };

/** Behind the organs: upper end of the normal pressure in the right atrium (H-09). */
const BEHIND = kPaOfMmHg(5);

/** Where a vessel is, as one text: 'external_iliac_vein/left'. */
export const placeKey = ({ structure, side }: Pick<Squeezed, 'structure' | 'side'>): string => `${structure}/${side}`;

/**
 * Flow through every vessel of the legs and the pelvis under a press, as a share of that at rest, by placeKey; vessels that are
 * not among the squeezed ones are free.
 *
 * Arteries: pressure drops of narrowings (T-108) in series with what they lead to, as means over a beat; before blood has backed up
 * behind pressed veins. Veins: what is left once it has. A vein lets through what the arteries bring, less what its own pressure
 * outside and that of the veins on the way to the heart hold back: of several in a row the most pressed one counts, since blood
 * that has backed up to it stands above all the others.
 */
export function flowShares(squeezed: readonly Squeezed[], person: Physiology): ReadonlyMap<string, number> {
  const press = new Map(squeezed.map((each) => [placeKey(each), each]));
  const brought = arterialFlow(press, person);
  const shares = new Map<string, number>();
  const inside = person.belly + person.veinAcross;
  const stop = person.venousDrive * person.arterialMean;
  /** Flow through the vein of a stem, where what is nearer to the heart is pressed by so much. */
  const back = (stem: Stem, nearer: number): number => {
    const outside = Math.max(nearer, person.belly + (press.get(vein(stem))?.pressure ?? 0));
    const own = brought.get(stem)!.own * veinFlow(stop, inside, outside);
    const flow = stem.beyond.reduce((sum, each) => sum + back(each, outside), own);
    shares.set(vein(stem), shareOf(flow, restOf(stem)));
    shares.set(artery(stem), shareOf(brought.get(stem)!.all, restOf(stem)));
    return flow;
  };
  back(TREE, Number.NEGATIVE_INFINITY);
  return shares;
}

const artery = ({ artery: structure, side }: Stem): string => placeKey({ structure, side });
const vein = ({ vein: structure, side }: Stem): string => placeKey({ structure, side });

const restOf = ({ own, beyond }: Stem): number => beyond.reduce((sum, each) => sum + restOf(each), own);

/** Sums over a beat leave rounding behind where nothing is narrowed. */
const shareOf = (flow: number, rest: number): number => {
  const share = Math.min(1, flow / rest);
  return 1 - share < 1e-9 ? 1 : share;
};

/** Flow of a stem, mm³/s: all of it, and what it supplies itself. */
interface Brought {
  readonly all: number;
  readonly own: number;
}

/** Places and weights of Gauss's rule with four points on [0, 1]. */
const GAUSS = [-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526].map((x, n) => ({
  at: (1 + x) / 2,
  weight: n === 0 || n === 3 ? 0.1739274225687 : 0.3260725774313,
}));

/** Steps in which a pressure between two narrowings is halved: to 10⁻¹² of the drive. */
const HALVINGS = 40;

/**
 * What the arteries bring, as the mean over a beat. Between two moments at which an artery opens or shuts the flow is smooth in
 * time, so that each of these pieces is integrated by itself: the mean then moves smoothly with the pressure outside.
 */
function arterialFlow(press: ReadonlyMap<string, Squeezed>, person: Physiology): ReadonlyMap<Stem, Brought> {
  const { arterialMean, pulse, belly } = person;
  const diastolic = arterialMean - pulse / 3;
  const stems = [TREE, ...TREE.beyond, ...TREE.beyond.flatMap((each) => each.beyond)];
  const pressed = stems.flatMap((stem) => {
    const squeezed = press.get(artery(stem));
    if (squeezed === undefined || squeezed.pressure <= 0) return [];
    const vessel = VESSELS[stem.artery]!;
    const tube = tubeOf(vessel, person);
    return [{ stem, tube, vessel, squeezed, open: areaRatio(tube, arterialMean - belly) }];
  });
  // rises slowly and falls slowly: the square of a ramp has the usual mean, a third of the way up
  const pressureAt = (time: number): number => diastolic + pulse * time * time;
  const opens = pressed
    .map(({ squeezed }) => Math.sqrt(Math.min(1, Math.max(0, (belly + squeezed.pressure - diastolic) / pulse))))
    .sort((a, b) => a - b);
  const times = [0, ...opens, 1];
  const sums = new Map(stems.map((stem) => [stem, { all: 0, own: 0 }]));
  for (let n = 0; n + 1 < times.length; n++) {
    const span = times[n + 1]! - times[n]!;
    if (span <= 0) continue;
    for (const { at, weight } of GAUSS) {
      const pressure = pressureAt(times[n]! + span * at);
      const drops = new Map<Stem, Drop | 'shut'>();
      for (const { stem, tube, vessel, squeezed, open } of pressed) {
        const across = pressure - belly - squeezed.pressure;
        // what a narrowing nearer to the heart takes off the pressure inside is left out here
        const share = across <= 0 ? 0 : Math.min(1, areaRatio(tube, across) / open);
        if (share === 0) drops.set(stem, 'shut');
        else if (share < 1) drops.set(stem, dropOver(share, squeezed.length, vessel.diameter, BLOOD));
      }
      flowAt(pressure, drops, arterialMean - BEHIND, (stem, { all, own }) => {
        const sum = sums.get(stem)!;
        sum.all += span * weight * all;
        sum.own += span * weight * own;
      });
    }
  }
  return sums;
}

/**
 * The flow of one moment.
 * @param drops what narrowings take, or that they are shut
 * @param drive pressure over the organs at rest, kPa
 * @param tell hears the flow of every stem
 */
function flowAt(
  pressure: number,
  drops: ReadonlyMap<Stem, Drop | 'shut'>,
  drive: number,
  tell: (stem: Stem, flow: Brought) => void,
): void {
  const ownAt = (stem: Stem, below: number): number => (stem.own * (below - BEHIND)) / drive;
  const leaving = (stem: Stem, below: number): number =>
    stem.beyond.reduce((sum, each) => sum + leaving(each, belowOf(each, below)), ownAt(stem, below));
  /** Pressure behind the narrowing of a stem. */
  const belowOf = (stem: Stem, above: number): number => {
    const drop = drops.get(stem);
    if (drop === undefined) return above;
    if (drop === 'shut') return BEHIND;
    if (stem.beyond.length === 0) return BEHIND + (flowPast(drop, above - BEHIND, drive / stem.own) * drive) / stem.own;
    let [low, high] = [BEHIND, above];
    for (let n = 0; n < HALVINGS; n++) {
      const middle = 0.5 * (low + high);
      // more passes the narrowing than leaves: the pressure behind it is higher
      if (flowPast(drop, above - middle, 0) > leaving(stem, middle)) low = middle;
      else high = middle;
    }
    return 0.5 * (low + high);
  };
  const walk = (stem: Stem, above: number): number => {
    const below = belowOf(stem, above);
    const own = ownAt(stem, below);
    const all = stem.beyond.reduce((sum, each) => sum + walk(each, below), own);
    tell(stem, { all, own });
    return all;
  };
  walk(TREE, pressure);
}
