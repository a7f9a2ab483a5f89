import { describe, expect, it } from 'vitest';
import { isLoose, STRUCTURES } from '../anatomy/structures.ts';
import { evidence } from '../evidence/evidence.ts';
import { MODELS, madeUpPress } from '../findings/made-up-press.test-data.ts';
import { HU_ROWS } from '../scan/classify.ts';
import { rowOfClass } from '../scan/label-names.ts';
import { keptShear } from './contents.ts';
import { mechanicalProblem } from './mechanical-problem.ts';
import { parseScenario } from './parse-scenario.ts';
import { CONTENTS } from './scenario.ts';
import { trainedHands } from './trained-hands.ts';

describe('how freely the contents of the belly give way', () => {
  it('goes from glued to a thirtieth of the shear modulus, and lies in the geometric middle where nobody knows', () => {
    const [stuck, between, free, slide] = CONTENTS.map((contents) => keptShear(contents));
    expect([stuck!.value, free!.value]).toEqual([1, 0.033]);
    expect(between!.value).toBeCloseTo(Math.sqrt(1 / 30), 2);
    expect([between!.low, between!.high]).toEqual([free!.value, stuck!.value]);
    // whoever names an end still leaves the way to the middle
    expect([stuck!.low, stuck!.high]).toEqual([between!.value, 1]);
    expect([free!.low, free!.high]).toEqual([0.033, between!.value]);
    // what slides as one body keeps its shear, and whether its loops slide on each other is left open
    expect(slide).toEqual(stuck);
    for (const each of [stuck, between, free, slide]) for (const id of each!.evidence) expect(evidence(id).id).toBe(id);
  });

  it('is a matter of bowel on a mesentery and of the fat among it, on a body as on a scan with labels', () => {
    expect(STRUCTURES.filter(({ loose }) => loose).map(({ id }) => id)).toEqual([
      'small_intestine', 'large_intestine', 'caecum', 'transverse_colon', 'sigmoid_colon', 'stomach', 'greater_omentum',
      'visceral_fat',
    ]); // biome-ignore format: one list
    const ofClass = (name: string): boolean => isLoose(rowOfClass(name)!.structure);
    expect(['small_bowel', 'colon', 'stomach', 'torso_fat'].map(ofClass)).toEqual([true, true, true, true]);
    expect(['duodenum', 'esophagus', 'liver', 'urinary_bladder', 'iliopsoas_left'].map(ofClass)).not.toContain(true);
    expect(isLoose(HU_ROWS.innerFat.structure)).toBe(true);
    expect(isLoose(HU_ROWS.softTissue.structure)).toBe(false);
  });
});

describe('contents in the mechanical problem', () => {
  const model = MODELS.get(10)!;
  const { placed } = madeUpPress({ pressure: () => 1 }, model);
  const asked = (contents?: number) =>
    mechanicalProblem(model, placed, { ...(contents !== undefined && { contents }) }).problem;
  const glued = asked(1);
  const loose = new Map<number, number>();
  for (const part of model.parts)
    if (isLoose(part.structure))
      for (const [i, cell] of part.cells.entries()) loose.set(cell, (loose.get(cell) ?? 0) + part.fraction[i]!);

  it('scales the shear modulus of what hangs loose, by its share of the cell, and no other', () => {
    expect(loose.size).toBeGreaterThan(50);
    const half = asked(0.5);
    for (let c = 0; c < glued.mu.length; c++)
      if (!loose.has(c)) expect(half.mu[c]).toBe(glued.mu[c]);
      else expect(half.mu[c]).toBeLessThan(glued.mu[c]!);
    const whole = [...loose].filter(([, share]) => share > 0.9999).map(([cell]) => cell);
    expect(whole.length).toBeGreaterThan(10);
    for (const c of whole) expect(half.mu[c]! / glued.mu[c]!).toBeCloseTo(0.5, 3);
    // nothing else of the problem knows of it: not how it is held, not what friction there is
    expect({ ...half, mu: 0, law: 0, bodies: 0 }).toEqual({ ...glued, mu: 0, law: 0, bodies: 0 });
  });

  it('leaves the penalty on volume changes as stiff as if it were stuck', () => {
    expect(glued.penaltyMu).toEqual(glued.mu);
    expect(asked(1 / 30).penaltyMu).toEqual(glued.mu);
  });

  it('lies between stuck and free where nobody says', () => {
    expect(asked().mu).toEqual(asked(keptShear('between').value).mu);
  });
});

describe('whose contents', () => {
  it('trained hands press on the same ones', () => {
    for (const contents of CONTENTS) expect(trainedHands(parseScenario({ contents }))!.contents).toBe(contents);
  });
});
