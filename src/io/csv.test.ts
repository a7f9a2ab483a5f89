import { describe, expect, it } from 'vitest';
import type { Result } from '../findings/result.ts';
import { pathCsv } from './csv.ts';

const step = {
  depth_mm: 1 / 3,
  force_N: 12.000000000000002,
  floorForce_N: 0,
  supportForce_N: 11.9,
  forceBalance: 1e-7,
  contactArea_cm2: 4,
  meanSkinPressure_kPa: 30,
  peakSkinPressure_kPa: 55.5,
};
const resultWith = (path: Result['path']): Result => ({ path }) as Result;

describe('pathCsv', () => {
  it('gives back every number of the path', () => {
    const path = [step, { ...step, depth_mm: 12.75, force_N: 210 }];
    const text = pathCsv(resultWith(path));
    const [header, ...rows] = text.split('\r\n').filter((line) => line !== '');
    const names = header!.split(',');
    const back = rows.map((row) => Object.fromEntries(row.split(',').map((field, n) => [names[n], Number(field)])));
    expect(back).toEqual(path);
  });

  it('names the unit of every column that has one, and ends every line as RFC 4180 asks', () => {
    const text = pathCsv(resultWith([step]));
    expect(text.split('\r\n')[0]).toBe(
      'depth_mm,force_N,floorForce_N,supportForce_N,forceBalance,contactArea_cm2,meanSkinPressure_kPa,peakSkinPressure_kPa',
    );
    expect(text.endsWith('\r\n')).toBe(true);
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  it('is a header alone when no step was solved', () => {
    expect(pathCsv(resultWith([])).split('\r\n')).toHaveLength(2);
  });
});
