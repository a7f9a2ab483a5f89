import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const files = readdirSync(join(ROOT, 'bench')).filter((name) => name.endsWith('.mjs'));

describe('programs that measure', () => {
  // they run by hand only, so that a name that moved would be noticed by nobody
  it('import what the package still has, where it is', async () => {
    const missing: string[] = [];
    let seen = 0;
    for (const file of files) {
      const text = readFileSync(join(ROOT, 'bench', file), 'utf8');
      for (const [, names, path] of text.matchAll(/import \{([^}]*)\} from '\.\.\/dist\/([^']+)\.js'/g)) {
        const module = await import(`./${path}.ts`).catch(() => ({}));
        for (const name of names!.split(',').map((each) => each.split(' as ')[0]!.trim())) {
          if (name === '') continue;
          seen++;
          if (!(name in module)) missing.push(`bench/${file}: ${name} from ${path}`);
        }
      }
    }
    expect(missing).toEqual([]);
    expect(seen).toBeGreaterThan(15);
  });
});
