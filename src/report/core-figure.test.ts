import { expect, it } from 'vitest';
import { inEnglish } from '../messages/say.ts';
import { coreFigure } from './core-figure.ts';
import { ledger } from './ledger.ts';

const layer = (structure: string, from: number, to: number, pressure: number) => ({
  structure,
  side: 'midline' as const,
  colour: [200, 180, 160] as const,
  from,
  to,
  pressure,
});

it('a layer that is pulled is not told as pressed, and one thinner than a cell says so', () => {
  const atRest = [layer('skin', 0, 1, 0), layer('fat_visceral', 1, 11, 0), layer('small_intestine', 11, 41, 0)];
  const pressed = [layer('skin', 20, 21, 50), layer('fat_visceral', 21, 24, -13), layer('small_intestine', 24, 44, 6)];
  const words = coreFigure(
    inEnglish,
    { atRest, pressed, curve: [], cell: 8, onBone: false },
    'tool',
    [],
    ledger(inEnglish),
  )
    .markup.replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');
  expect(words).toMatch(
    /not pressed but pulled: 13 kPa \(98 mmHg\) below the resting pressure \(thinner than a cell of 8 mm/,
  );
  expect(words).toContain('6.0 kPa (45 mmHg) in the tissue');
  expect(words).not.toMatch(/[-−]13/);
  // the skin is always thinner: its pressure is that of contact
  expect(words.match(/thinner than a cell/g)).toHaveLength(1);
});

it('what the line meets once has its range beside it; what it meets again has none that is its own', () => {
  const pressed = [
    layer('skin', 20, 21, 50),
    layer('small_intestine', 21, 30, 6),
    layer('fat_visceral', 30, 34, 5),
    layer('small_intestine', 34, 40, 4),
  ];
  const ranged = (value: number, low: number | null, high: number | null) => ({ value, low, high });
  const organ = (structure: string, low: number | null) => ({
    structure,
    atRest_mm: 10,
    thickness_mm: ranged(4, low, low && 9),
    pressure_kPa: ranged(5, low && 2, low && 8),
  });
  const words = (low: number | null) =>
    coreFigure(inEnglish, { atRest: [], pressed, curve: [], cell: 3, onBone: false }, 'tool', [], ledger(inEnglish), [
      organ('fat_visceral', low),
      organ('small_intestine', low),
    ])
      .markup.replace(/<[^>]+>/g, ' ')
      .replace(/\s+/g, ' ');
  expect(words(3).match(/range 3\.0 to 9\.0 mm ; range 2\.0 to 8\.0 kPa/g)).toHaveLength(1);
  expect(words(3)).toContain('Ranges go from the 5th to the 95th percentile');
  expect(words(null)).not.toMatch(/range \d/);
  expect(words(null)).toContain('without ranges');
});
