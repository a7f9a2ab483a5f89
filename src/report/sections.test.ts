import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../base/grid.ts';
import { deepestContact } from '../findings/core-sample.ts';
import { deformedBody } from '../findings/deformed-body.ts';
import { inEnglish } from '../messages/say.ts';
import { pressureBand } from '../words/pressure-scale.ts';
import { pushLine } from './push-line.ts';
import { sectionPlanes } from './section-plane.ts';
import { readSection } from './section-raster.ts';
import { sectionPictures } from './sections.ts';
import { syntheticPress } from './synthetic-press.test-data.ts';

const press = syntheticPress();
const body = deformedBody(press);
const contact = deepestContact(press, body);

describe('deformedBody', () => {
  it('turns the displacement round: the place of a point leads back to the point', () => {
    for (const at of [
      [58, -80, 12],
      [58, -40, 12],
      [30, -60, -20],
      [-46, 18, 40],
      [75, -70, 30],
    ] as const) {
      const back = body.atRest(body.pressed(at));
      // NEAR_ENOUGH is 0.05 mm in the pressed body; where the press halves a length that is 0.1 mm at rest
      for (let d = 0; d < 3; d++) expect(Math.abs(back[d]! - at[d]!)).toBeLessThan(0.15);
    }
  });

  it('leads from the room that the tool has taken to outside the body', () => {
    const { placed } = press;
    const depth = press.steps.at(-1)!.depth;
    const inside: Vec3 = [placed.at[0], placed.at[1] + depth - 5, placed.at[2]];
    expect(placed.distance(...inside, depth)).toBeLessThan(-4);
    expect(body.atRest(inside)[1]).toBeLessThan(placed.at[1] - 2);
  });
});

describe('sectionPlanes', () => {
  it('goes through the deepest contact', () => {
    expect(Math.hypot(contact.atRest[0] - 58, contact.atRest[2] - 12)).toBeLessThan(8); // the skin's triangles are about 8 mm wide
    const [across, along] = sectionPlanes(press, contact.place);
    expect([across.name, across.place]).toEqual(['axial', contact.place[2]]);
    expect([along.name, along.place]).toEqual(['sagittal', contact.place[0]]);
  });

  it('shows a person on the floor back up, never mirrored', () => {
    const [across, along] = sectionPlanes(press, contact.place);
    expect(across.edges).toEqual({ left: 'left-side', right: 'right-side', top: 'back', bottom: 'belly' });
    expect(along.edges).toEqual({ left: 'head', right: 'feet', top: 'back', bottom: 'belly' });
  });

  it('shows a person under a hand as radiologists do: belly up, right side on the left', () => {
    const { floor: _, ...placed } = press.placed;
    const [across, along] = sectionPlanes({ ...press, placed }, contact.place);
    expect(across.edges).toEqual({ left: 'right-side', right: 'left-side', top: 'belly', bottom: 'back' });
    expect(along.edges).toEqual({ left: 'feet', right: 'head', top: 'belly', bottom: 'back' });
  });

  it('turns to a cut from side to side for a push from the side, floor at the bottom', () => {
    const placed = { ...press.placed, direction: [-1, 0, 0] as const };
    const [across, along] = sectionPlanes({ ...press, placed }, contact.place);
    expect(across.edges).toEqual({ left: 'back', right: 'belly', top: 'right-side', bottom: 'left-side' });
    expect(along.name).toBe('coronal');
    expect(along.edges).toEqual({ left: 'feet', right: 'head', top: 'right-side', bottom: 'left-side' });
  });
});

describe('a section that was read', () => {
  const [across] = sectionPlanes(press, contact.place);
  const window = { left: -165, bottom: -110, width: 330, height: 220 };
  const pressed = readSection(press, across, window, body);
  const atRest = readSection(press, across, window, undefined);
  const area = (lattice: typeof pressed, wanted: (structure: string) => boolean): number =>
    lattice.label.reduce(
      (sum, label) => sum + (label > 0 && wanted(press.model.fine.table[label]!.structure) ? 1 : 0),
      0,
    );

  it('has the area of the body: a dent makes it smaller, its own area does not change elsewhere', () => {
    // |x/160|^2.3 + |y/104|^2.3 <= 1 has 4·160·104·Γ(1+1/2.3)²/Γ(1+2/2.3) = 54 480 mm²; 1 % is the fine cells' error
    expect(Math.abs(area(atRest, () => true) / 54_480 - 1)).toBeLessThan(0.01);
    expect(area(pressed, () => true)).toBeLessThan(0.98 * area(atRest, () => true));
    const far = (s: string): boolean => s === 'erector_spinae';
    expect(Math.abs(area(pressed, far) / area(atRest, far) - 1)).toBeLessThan(0.02);
  });

  it('keeps the person’s left at the picture’s left when they lie face down', () => {
    const column = (structure: string, side: string): number => {
      const label = press.model.fine.table.findIndex((r) => r.structure === structure && r.side === side);
      const at = [...pressed.label.keys()].filter((n) => pressed.label[n] === label).map((n) => n % pressed.columns);
      return at.reduce((a, b) => a + b, 0) / at.length;
    };
    expect(column('psoas_major', 'left')).toBeLessThan(column('psoas_major', 'right') - 50);
  });
});

describe('pushLine', () => {
  it('meets the layers in order, skin first and psoas last, and finds the soft ones thinner than before', () => {
    const { atRest, pressed } = pushLine(press);
    const names = pressed.map((layer) => layer.structure);
    expect(names.slice(0, 3)).toEqual(['skin', 'subcutaneous_fat', 'abdominal_wall']);
    expect(names.at(-1)).toBe('psoas_major');
    const total = (layers: typeof pressed): number => layers.reduce((sum, layer) => sum + layer.thickness, 0);
    expect(total(pressed)).toBeLessThan(total(atRest) - 20);
  });
});

describe('sectionPictures', () => {
  const sections = sectionPictures(inEnglish, press);
  it('gives two pictures of each cut and the cut before the press', () => {
    expect(sections.map((s) => [s.plane, s.panels.map((p) => p.kind)])).toEqual([
      ['axial', ['pressed', 'at-rest', 'pressure']],
      ['sagittal', ['pressed', 'pressure']],
    ]);
  });

  it('names what people ask about, and says the numbers in words', () => {
    const [axial] = sections;
    const { names, alt } = axial!.panels[0]!;
    for (const name of [/left psoas/, /small bowel/, /aorta/, /vena cava/, /left ureter/])
      expect(names.join('; ')).toMatch(name);
    expect(alt).toMatch(/went in by 38 mm.*skin.*mm.*left psoas muscle \d/);
    expect(axial!.panels[2]!.alt).toMatch(/highest under the massage ball, \d+ kPa \(\d+ mmHg\)/);
  });

  it('is the same every time', () => {
    expect(sectionPictures(inEnglish, press)).toEqual(sections);
  });
});

describe('small parts', () => {
  it('pressureBand doubles', () => {
    expect([-3, 0.9, 1, 3.9, 4, 128, 1e4].map(pressureBand)).toEqual([0, 0, 1, 2, 3, 8, 8]);
  });
});
