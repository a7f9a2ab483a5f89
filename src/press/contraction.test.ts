import { describe, expect, it } from 'vitest';
import type { Side } from '../anatomy/tissue.ts';
import { evidence } from '../evidence/evidence.ts';
import { note } from '../messages/note.ts';
import { inEnglish } from '../messages/say.ts';
import type { LabelRow, VoxelModel } from '../voxel/model.ts';
import { noteText } from '../words/note-text.ts';
import { contracted, pullOf } from './contraction.ts';

/** Voxels of 4 mm, 24 across and 30 up: bars of muscle, each between a bone and a thigh bone unless it ends short of it in air. */
function bars(...which: readonly (readonly [structure: string, side: Side, toTheEnd: boolean])[]) {
  const row = (structure: string, side: Side, tissue: LabelRow['tissue']): LabelRow => ({
    structure,
    side,
    tissue,
    colour: [0, 0, 0],
  });
  const table = [
    row('air', 'midline', 'soft_tissue'),
    row('vertebra_l3', 'midline', 'bone'),
    row('femur', 'left', 'bone'),
  ];
  for (const [structure, side] of which) table.push(row(structure, side, 'muscle_psoas'));
  const grid = { origin: [0, 0, 0], spacing: 4, size: [24, 6, 30] } as const;
  const labels = new Uint8Array(24 * 6 * 30);
  for (let c = 0; c < labels.length; c++) {
    const [x, y, z] = [c % 24, Math.floor(c / 24) % 6, Math.floor(c / (24 * 6))];
    const n = Math.floor(x / 6);
    if (which[n] === undefined || x % 6 > 2 || y < 1 || y > 4) continue;
    if (z >= 24) labels[c] = 1;
    else if (z >= 6) labels[c] = 3 + n;
    else if (which[n][2]) labels[c] = 2;
  }
  const fill = new Float32Array(labels.length).fill(1);
  return contracted({ grid, fill, fine: { grid, labels, table } } as unknown as VoxelModel, 67);
}

describe('which muscles pull', () => {
  it('is said: the psoas of both sides, with both iliacus muscles, one or none, or the iliopsoas of a scan', () => {
    const psoas = [
      ['psoas_major', 'left', true],
      ['psoas_major', 'right', true],
    ] as const;
    expect(bars(...psoas).muscles).toBe('psoas');
    expect(bars(...psoas, ['iliacus', 'right', true]).muscles).toBe('right');
    expect(bars(...psoas, ['iliacus', 'left', true], ['iliacus', 'right', false]).muscles).toBe('left');
    expect(bars(...psoas, ['iliacus', 'left', true], ['iliacus', 'right', true]).muscles).toBe('both');
    expect(bars(['iliopsoas', 'left', true], ['iliopsoas', 'right', true]).muscles).toBe('iliopsoas');
    expect(bars(...psoas).fibres.volumes.length).toBeGreaterThan(0);
  });

  it('is both of the psoas or an error that names the one without two ends, and what counts as an end', () => {
    expect(() => bars(['psoas_major', 'left', true])).toThrow(
      /^the right psoas cannot contract, .*a vertebra, a disc or the hip bone .* the thigh bone/,
    );
    expect(() => bars(['psoas_major', 'left', false], ['iliopsoas', 'right', true])).toThrow(/^the left psoas cannot/);
    expect(() => bars(['iliacus', 'left', true], ['iliacus', 'right', true])).toThrow(/^the psoas cannot contract/);
  });
});

describe('in words', () => {
  it('the share of their strength is that of the range which is drawn from', () => {
    const { value, low, high } = pullOf({ contract: 'psoas' })!;
    const most = evidence('T-121').value!;
    expect([low, value, high].map((pull) => Math.round((100 * pull) / most))).toEqual([13, 25, 45]);
    expect(inEnglish.say('app.push.contract.hint')).toContain(
      'about a quarter of their strength (from an eighth to 45 %',
    );
  });

  it('the remark names which muscles are taken to pull', () => {
    const told = (muscles: string): string => noteText(inEnglish, note('note.pull', { pull: 67, muscles }));
    expect(told('both')).toMatch(
      /^Psoas and iliacus of both sides are taken to pull .* with 67 kPa \(psoas contracting/,
    );
    expect(told('left')).toMatch(/^The psoas muscles of both sides and the left iliacus are taken to pull/);
    expect(told('psoas')).toMatch(/^The psoas muscles of both sides, without the iliacus, are/);
    expect(told('iliopsoas')).toMatch(/^The iliopsoas muscles of both sides are/);
  });
});
