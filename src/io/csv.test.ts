import { describe, expect, it } from 'vitest';
import type { Result } from '../findings/result.ts';
import { csvLine, pathCsv } from './csv.ts';

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

describe('csvLine', () => {
  it('quotes what RFC 4180 asks to be quoted', () => {
    expect(csvLine([1, 'a,b', 'say "so"', null, true, 'x\ny', -2.5])).toBe(
      '1,"a,b","say ""so""",,true,"x\ny",-2.5\r\n',
    );
  });

  it('a text that a spreadsheet would carry out stands there as a text, a number as a number', () => {
    for (const text of ["=cmd|'/c calc'!A1", '+1+1', '-2-3', '@SUM(A1)', '\t=1', '＝1', '-', '--5'])
      expect([text, csvLine([text])]).toEqual([text, `'${text}\r\n`]);
    expect(csvLine(['\r=1', '=1,2'])).toBe('"\'\r=1","\'=1,2"\r\n');
    for (const text of ['-40', '+3.5e-7', '.5', 'a=b', 'L3-L4', ''])
      expect([text, csvLine([text])]).toEqual([text, `${text}\r\n`]);
  });
});
