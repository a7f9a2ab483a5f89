/** Attributes that files of this package have. */
type Attribute = 'version' | 'id' | 'name' | 'type' | 'mat' | 'lc' | 'node_set' | 'surface_pair' | 'data';

/** An element of an XML file, enough for what this package writes: no namespaces, no entities, no text beside elements. */
export interface Xml {
  readonly tag: string;
  readonly attributes: Readonly<Partial<Record<Attribute, string>>>;
  readonly children: readonly Xml[];
  readonly text: string;
}

/** Reads a whole file. @throws Error where tags do not match */
export function readXml(source: string): Xml {
  const open: { tag: string; attributes: Record<string, string>; children: Xml[]; text: string }[] = [];
  let root: Xml | undefined;
  const body = source.replace(/<\?[\s\S]*?\?>/, '').replace(/<!--([\s\S]*?)-->/g, (_, inside: string) => {
    if (inside.includes('--')) throw new Error('two hyphens in a comment');
    return '';
  });
  for (const [, close, tag, attributes, empty, text] of body.matchAll(
    /<(\/?)([\w.]+)((?:\s+\w+="[^"<]*")*)\s*(\/?)>([^<]*)/g,
  )) {
    if (close === '/') {
      const done = open.pop();
      if (done?.tag !== tag) throw new Error(`</${tag}> closes <${done?.tag}>`);
    } else {
      const made = {
        tag: tag!,
        attributes: Object.fromEntries([...attributes!.matchAll(/(\w+)="([^"]*)"/g)].map(([, k, v]) => [k!, v!])),
        children: [],
        text: empty === '/' ? '' : text!.trim(),
      };
      const parent = open.at(-1);
      if (parent === undefined) root = made;
      else parent.children.push(made);
      if (empty !== '/') open.push(made);
    }
  }
  if (open.length > 0 || root === undefined) throw new Error(`<${open.at(-1)?.tag}> is not closed`);
  return root;
}

export const childrenOf = (of: Xml, tag: string): Xml[] => of.children.filter((c) => c.tag === tag);
export function childOf(of: Xml, tag: string): Xml {
  const [child, ...more] = childrenOf(of, tag);
  if (child === undefined || more.length > 0) throw new Error(`${1 + more.length} <${tag}> in <${of.tag}>, not one`);
  return child;
}
export const numbersOf = (text: string): number[] =>
  text
    .split(',')
    .map((v) => v.trim())
    .filter((v) => v !== '')
    .map(Number);
