import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { modelCardText } from '../../scripts/model-card.mjs';
import { VERSION, VERSION_DATE } from '../base/version.ts';
import { modelCard } from './model-card.ts';
import { inEnglish } from './say.ts';

const lines = modelCard(inEnglish.say);

describe('the model card', () => {
  it('is of this version and its day, and is the one that the package has', () => {
    const { text } = lines.find(({ id }) => id === 'updated')!;
    expect(text).toContain(`Version ${VERSION} of ${VERSION_DATE}.`);
    const packed = readFileSync(new URL('../../MODEL_CARD.md', import.meta.url), 'utf8');
    // npm run scorecard writes it
    expect(packed).toBe(modelCardText(inEnglish.say('card.title'), lines));
  });

  it('says what the decision is, who pays, of when it is and when it is out of date', () => {
    const all: { decision?: string; funding?: string; updated?: string } = Object.fromEntries(
      lines.map(({ id, text }) => [id, text]),
    );
    expect(all.decision).toMatch(/^Whether to press/);
    expect(all.funding).toMatch(/funding/);
    expect(all.updated).toMatch(/out of date/);
    expect(lines.map(({ id }) => id)).toEqual([
      'what',
      'problem',
      'decision',
      'whom',
      'on',
      'good',
      'limits',
      'updated',
      'funding',
    ]);
  });
});
