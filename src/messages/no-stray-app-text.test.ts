import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { EN } from './en.ts';

const APP = resolve(import.meta.dirname, '../app');

/** Attributes whose text people read or hear; those of this app's own components among them. */
const SPOKEN = /^(aria-(label|valuetext|description|roledescription)|title|placeholder|label|alt|unit|hint|text|now)$/;

/** Calls whose strings are no language: the name of a sentence, a media query, an element, a font, a worker. */
const NO_LANGUAGE =
  /^(say|appNote|note|matchMedia|querySelector|querySelectorAll|getElementById|getPropertyValue|getContext|URL)$/;

type Node = Readonly<Record<string, unknown>> & { readonly type: string };
const isNode = (value: unknown): value is Node => typeof (value as { type?: unknown } | null)?.type === 'string';

/** Where a string stands: as a child or a spoken attribute of an element ('seen'), or anywhere else in the code. */
type Place = 'seen' | 'code';

const LETTER = /\p{L}/u;
/** Two words in a row, one that begins like a sentence, or, in a template, one beside what is filled in. */
const LANGUAGE = /\p{L}{2,}[,;:]? \p{L}{2,}|^[A-Z][a-z]+$|(?:^|[ (])\p{L}{2,}[,;:]? …|… \p{L}{2,}/u;

/**
 * Texts of a source of the app that a person could see or hear. Thrown errors keep their sentences; types, imports and the
 * attributes that nobody reads are left out.
 */
function texts(file: string, code: string): string[] {
  const found: string[] = [];
  const judge = (text: string, place: Place): void => {
    if (place === 'seen' ? LETTER.test(text.replace('…', '')) : LANGUAGE.test(text)) found.push(text.trim());
  };
  const all = (value: unknown, place: Place): void => {
    if (Array.isArray(value)) for (const one of value) all(one, place);
    else if (isNode(value)) look(value, place);
  };
  const inside = (node: Node, place: Place): void => {
    for (const value of Object.values(node)) all(value, place);
  };
  const look = (node: Node, place: Place): void => {
    switch (node.type) {
      case 'ImportDeclaration':
      case 'ImportExpression':
      case 'ThrowStatement':
      case 'TSTypeAliasDeclaration':
      case 'TSInterfaceDeclaration':
      case 'TSTypeAnnotation':
      case 'TSTypeParameterInstantiation':
      case 'TSLiteralType':
        return;
      case 'JSXText':
        judge(node.value as string, 'seen');
        return;
      case 'JSXAttribute': {
        const { name } = node.name as { name: unknown };
        // a class is no language, however many words it has
        if (node.value === null || name === 'className') return;
        // what is handed to an element may hold elements again
        all(node.value, SPOKEN.test(String(name)) ? 'seen' : 'code');
        return;
      }
      case 'JSXElement':
      case 'JSXFragment':
        all(node.openingElement, 'code');
        all(node.children, 'seen');
        return;
      case 'Literal':
        if (typeof node.value === 'string') judge(node.value, place);
        return;
      case 'TemplateLiteral': {
        const quasis = node.quasis as readonly { value: { cooked: string } }[];
        judge(quasis.map(({ value }) => value.cooked).join('…'), place);
        all(node.expressions, 'code');
        return;
      }
      case 'ConditionalExpression':
      case 'LogicalExpression':
        all(node.test ?? [], 'code');
        all(node.consequent ?? node.right, place);
        all(node.alternate ?? node.left, node.alternate === undefined ? 'code' : place);
        return;
      case 'JSXExpressionContainer':
        all(node.expression, place);
        return;
      case 'CallExpression':
      case 'NewExpression': {
        const callee = node.callee as { name?: string; property?: { name?: string } };
        if (!NO_LANGUAGE.test(callee.name ?? callee.property?.name ?? '')) inside(node, 'code');
        return;
      }
      case 'BinaryExpression':
        // 'a' + b is seen where it stands, what is only compared is not
        if (node.operator === '+') inside(node, place);
        return;
      case 'Property':
        all(node.value, SPOKEN.test(keyOf(node)) && isText(node.value) ? 'seen' : 'code');
        return;
      default:
        inside(node, 'code');
        return;
    }
  };
  const { program, errors } = parseSync(file, code);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]!.message}`);
  look(program as unknown as Node, 'code');
  return found;
}

const keyOf = (node: Node): string => {
  const { name, value } = node.key as { name?: string; value?: unknown };
  return name ?? String(value);
};
const isText = (value: unknown): boolean => isNode(value) && ['Literal', 'TemplateLiteral'].includes(value.type);

describe('texts of the app', () => {
  const files = readdirSync(APP).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));

  it('stand in the catalogue and nowhere else', () => {
    expect(files.length).toBeGreaterThan(30);
    const stray = files.flatMap((file) =>
      texts(file, readFileSync(join(APP, file), 'utf8')).map((t) => `${file}: ${t}`),
    );
    expect(stray).toEqual([]);
  });

  it('a planted one is found wherever one can see or hear it', () => {
    const found = (code: string): string[] => texts('planted.tsx', code);
    expect(found('const a = <p>Stop</p>;')).toEqual(['Stop']);
    expect(found('const a = <p>{n} mm deep</p>;')).toEqual(['mm deep']);
    expect(found("const a = <p>{b ? 'on' : say('x')}{b && 'off'}</p>;")).toEqual(['on', 'off']);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code to look through
    expect(found('const a = <b aria-label="Nearer" title={`to ${n}`} className="big round" />;')).toEqual([
      'Nearer',
      'to …',
    ]);
    expect(found("const a = { title: 'psoas' };")).toEqual(['psoas']);
    expect(found("const a = [['story', 'Story']];")).toEqual(['Story']);
    // biome-ignore lint/suspicious/noTemplateCurlyInString: code to look through
    expect(found('tell(`scan ${name}`); const b = `${n} of them`;')).toEqual(['scan …', '… of them']);
    expect(found("throw new InputError('the field has no values here');")).toEqual([]);
    expect(found("// the vein is narrow\nconst a: 'the vein' = say('app.story.next');")).toEqual([]);
  });

  it('the page before its script says the first words of the story', () => {
    const page = readFileSync(join(APP, 'index.html'), 'utf8');
    expect(page).toContain(`<h1>${EN['app.story.start.title']}</h1>`);
    expect(page).toContain(`<p class="wordmark">${EN['app.name']}</p>`);
  });
});
