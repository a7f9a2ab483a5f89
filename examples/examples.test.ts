import { describe, expect, it, vi } from 'vitest';

// every example is a program of its own, and one physical number of each is held here
vi.spyOn(console, 'log').mockImplementation(() => undefined);

describe('the solver alone', () => {
  it('hertz: the force on a sphere is that of the closed form', async () => {
    const { force, theory } = await import('./hertz.ts');
    // a contact radius of 2.6 cells, and a theory of small strains and a parabolic tip at d/R = 1/15
    expect(Math.abs(force / theory - 1)).toBeLessThan(0.08);
  });

  it('two tips on a layer, four thicknesses apart, need twice the force of one', async () => {
    const { asManyTips } = await import('./two-tips-on-a-layer.ts');
    // at two thicknesses 6 % are left, at three 1 %
    expect(Math.abs(asManyTips / 2 - 1)).toBeLessThan(0.0025);
  });

  it('lumen: a tube under pressure widens as Lamé says', async () => {
    const { widening, theory } = await import('./lumen.ts');
    // cells of an eighth of the wall
    expect(Math.abs(widening / theory - 1)).toBeLessThan(0.05);
  });
});

describe('the whole library', () => {
  it('one press: bones and cut ends give back what the tool pushes with', async () => {
    const { action, reaction } = await import('./one-press.ts');
    expect(action).toBeGreaterThan(45);
    // the solver's own limit for the balance of a step
    expect(Math.abs(reaction / action - 1)).toBeLessThan(0.005);
  });

  it('two tools: the narrow one loads the skin more at the same push', async () => {
    const { pressureRatio } = await import('./compare-two-tools.ts');
    // 1.34 on these coarse cells, whose area of contact is known to about a tenth
    expect(Math.abs(pressureRatio / 1.34 - 1)).toBeLessThan(0.1);
  });
});
