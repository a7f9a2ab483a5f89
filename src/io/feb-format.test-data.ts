import { childOf, childrenOf, numbersOf, type Xml } from './read-xml.test-data.ts';

/**
 * What FEBio 4's user manual asks of an input file of format 4.0 (febio.org, chapter 3 and the feature manual), as far as files of this package use it:
 * sections and their order, elements with the attributes and values that they must and may have, and what refers to what.
 */

const ORDER = [
  'Module',
  'Globals',
  'Control',
  'Material',
  'Mesh',
  'MeshDomains',
  'MeshData',
  'MeshAdaptor',
  'Initial',
  'Boundary',
  'Loads',
  'Contact',
  'Constraints',
  'Rigid',
  'Discrete',
  'LoadData',
  'Step',
  'Output',
];

const number = (v: string): boolean => v !== '' && Number.isFinite(Number(v));
const positive = (v: string): boolean => number(v) && Number(v) > 0;
const whole = (v: string): boolean => /^\d+$/.test(v);
const flag = (v: string): boolean => v === '0' || v === '1';
const one =
  (...of: string[]) =>
  (v: string): boolean =>
    of.includes(v);
type Check = (value: string) => boolean;

/** Parameters of an element: which it must have, which it may have, and what their values look like. */
interface Format {
  readonly must: Readonly<Record<string, Check>>;
  readonly may?: Readonly<Record<string, Check>>;
}

/** Feature manual: materials, of these types. */
const MATERIALS: Readonly<Record<string, Format>> = {
  'rigid body': { must: { density: positive }, may: { E: positive, v: number, center_of_mass: () => true } },
  Yeoh: {
    must: { k: positive, c1: positive },
    may: {
      density: positive,
      pressure_model: one('0', '1', '2', '3'),
      c2: number,
      c3: number,
      c4: number,
      c5: number,
      c6: number,
    },
  },
};
const CONTROL: Format = {
  must: { time_steps: whole, step_size: positive },
  may: {
    analysis: one('STATIC', 'DYNAMIC'),
    plot_level: one('PLOT_NEVER', 'PLOT_MAJOR_ITRS', 'PLOT_MUST_POINTS', 'PLOT_FINAL'),
  },
};
const STEPPER: Format = {
  must: {},
  may: { dtmin: positive, dtmax: number, opt_iter: whole, max_retries: whole, aggressiveness: flag, cutback: number },
};
const SOLVER: Format = {
  must: {},
  may: {
    symmetric_stiffness: one('symmetric', 'non-symmetric', 'symmetric-structure'),
    max_refs: whole,
    dtol: positive,
    etol: number,
    rtol: number,
    lstol: number,
  },
};
const CONTACT: Format = {
  must: {},
  may: {
    laugon: one('PENALTY', 'AUGLAG', '0', '1'),
    tolerance: number,
    gaptol: number,
    penalty: positive,
    auto_penalty: flag,
    update_penalty: flag,
    two_pass: flag,
    symmetric_stiffness: flag,
    search_tol: positive,
    search_radius: positive,
    seg_up: whole,
    tension: flag,
    minaug: whole,
    maxaug: whole,
    fric_coeff: number,
  },
};
const CORNERS_OF: Readonly<Record<string, number>> = { hex8: 8, tri3: 3, quad4: 4 };
const LOGGED = 'x y z vx vy vz Fx Fy Fz Mx My Mz'.split(' ');
const PLOTTED = ['displacement', 'stress', 'contact pressure', 'contact gap'];
const DOMAINS = {
  SolidDomain: ['elastic-solid', 'three-field-solid', 'rigid-solid', 'udg-hex'],
  ShellDomain: ['elastic-shell', 'three-field-shell', 'rigid-shell'],
} as const;

/** Every way in which a file is not what the manual asks for, one sentence each. */
export function faultsOf(root: Xml): string[] {
  const faults: string[] = [];
  const say = (ok: boolean, what: string): void => {
    if (!ok) faults.push(what);
  };
  const attributes = (of: Xml, must: readonly string[], may: readonly string[] = []): void => {
    for (const name of must)
      say(((of.attributes as Record<string, string>)[name] ?? '') !== '', `<${of.tag}> lacks ${name}`);
    for (const name of Object.keys(of.attributes))
      say(must.includes(name) || may.includes(name), `<${of.tag}> has an unknown attribute ${name}`);
  };
  const parameters = (of: Xml, { must, may = {} }: Format, besides: readonly string[] = []): void => {
    for (const name of Object.keys(must)) say(childrenOf(of, name).length === 1, `<${of.tag}> needs one <${name}>`);
    for (const child of of.children) {
      if (besides.includes(child.tag)) continue;
      const check = must[child.tag] ?? may[child.tag];
      if (check === undefined) faults.push(`<${of.tag}> has an unknown <${child.tag}>`);
      else say(check(child.text), `<${child.tag}> of <${of.tag}> is ${child.text}`);
    }
  };
  const unique = (what: string, names: readonly (string | undefined)[]): Set<string> => {
    say(new Set(names).size === names.length, `${what} are not unique`);
    return new Set(names as string[]);
  };

  say(root.tag === 'febio_spec' && root.attributes.version === '4.0', 'the root must be febio_spec of version 4.0');
  const places = root.children.map(({ tag }) => ORDER.indexOf(tag));
  say(!places.includes(-1), 'a section has no known name');
  say(
    places.every((p, n) => n === 0 || p > places[n - 1]!),
    'sections are not in the order of the manual',
  );
  for (const tag of ['Module', 'Control', 'Material', 'Mesh', 'MeshDomains'])
    say(childrenOf(root, tag).length === 1, `a file must have one <${tag}>`);
  if (faults.length > 0) return faults;

  attributes(childOf(root, 'Module'), ['type']);
  say(childOf(root, 'Module').attributes.type === 'solid', 'the module is not solid');
  const controllers = childrenOf(childOf(root, 'LoadData'), 'load_controller');
  const curves = unique(
    'load controllers',
    controllers.map(({ attributes: a }) => a.id),
  );
  const follows = (of: Xml): void => {
    const { lc } = of.attributes;
    say(lc === undefined || curves.has(lc), `<${of.tag}> follows the curve ${lc}, which there is not`);
  };
  for (const curve of controllers) {
    attributes(curve, ['id', 'type'], ['name']);
    say(curve.attributes.type === 'loadcurve', 'a load controller is no loadcurve');
    const times = childrenOf(childOf(curve, 'points'), 'pt').map(({ text }) => numbersOf(text));
    say(times.length > 1 && times.every((p) => p.length === 2 && p.every(Number.isFinite)), 'a curve lacks points');
    say(
      times.every(([t], n) => n === 0 || t! > times[n - 1]![0]!),
      'the times of a curve do not grow',
    );
    parameters(curve, {
      must: { points: () => true },
      may: { interpolate: one('LINEAR', 'STEP', 'SMOOTH'), extend: one('CONSTANT', 'EXTRAPOLATE', 'REPEAT') },
    });
  }

  const control = childOf(root, 'Control');
  parameters(control, CONTROL, ['time_stepper', 'solver']);
  for (const stepper of childrenOf(control, 'time_stepper')) {
    parameters(stepper, STEPPER);
    stepper.children.forEach(follows);
  }
  for (const solver of childrenOf(control, 'solver')) parameters(solver, SOLVER, ['qn_method']);

  const materials = childrenOf(childOf(root, 'Material'), 'material');
  unique(
    'material numbers',
    materials.map(({ attributes: a }) => a.id),
  );
  const materialNames = unique(
    'material names',
    materials.map(({ attributes: a }) => a.name),
  );
  const rigid = new Set<string>();
  for (const material of materials) {
    attributes(material, ['id', 'name', 'type']);
    const { type, name } = material.attributes;
    if (type === 'rigid body') rigid.add(name!);
    const format = MATERIALS[type!];
    if (format === undefined) faults.push(`no material of type ${type}`);
    else parameters(material, format);
  }

  const mesh = childOf(root, 'Mesh');
  for (const child of mesh.children)
    say(
      ['Nodes', 'Elements', 'NodeSet', 'Surface', 'SurfacePair', 'ElementSet', 'PartList'].includes(child.tag),
      `<Mesh> has an unknown <${child.tag}>`,
    );
  const ids: number[] = [];
  for (const nodes of childrenOf(mesh, 'Nodes'))
    for (const node of childrenOf(nodes, 'node')) {
      ids.push(Number(node.attributes.id));
      const at = numbersOf(node.text);
      if (at.length !== 3 || !at.every(Number.isFinite)) faults.push(`node ${node.attributes.id} has no place`);
    }
  say(
    ids.every((id, n) => Number.isInteger(id) && id > (ids[n - 1] ?? 0)),
    'node numbers do not grow',
  );
  const known = new Set(ids);
  const corners = (of: Xml, count: number | undefined): void => {
    const at = numbersOf(of.text);
    if (at.length !== count) faults.push(`<${of.tag}> ${of.attributes.id} has ${at.length} corners, not ${count}`);
    else if (!at.every((n) => known.has(n)))
      faults.push(`<${of.tag}> ${of.attributes.id} has a node that is not there`);
    else if (new Set(at).size !== at.length) faults.push(`<${of.tag}> ${of.attributes.id} has a corner twice`);
  };
  const parts = childrenOf(mesh, 'Elements');
  const partNames = unique(
    'parts',
    parts.map(({ attributes: a }) => a.name),
  );
  unique(
    'elements',
    parts.flatMap((part) => childrenOf(part, 'elem').map(({ attributes: a }) => a.id)),
  );
  for (const part of parts) {
    attributes(part, ['type', 'name']);
    say(part.children.length > 0, `part ${part.attributes.name} is empty`);
    for (const element of part.children) corners(element, CORNERS_OF[part.attributes.type!]);
  }
  const nodeSets = new Set<string>();
  for (const set of childrenOf(mesh, 'NodeSet')) {
    attributes(set, ['name']);
    nodeSets.add(set.attributes.name!);
    const members = numbersOf(set.text);
    say(
      members.length > 0 && members.every((n) => known.has(n)),
      `node set ${set.attributes.name} has a node that is not there, or none`,
    );
    unique(`members of ${set.attributes.name}`, members.map(String));
  }
  const surfaces = new Set<string>();
  for (const surface of childrenOf(mesh, 'Surface')) {
    attributes(surface, ['name']);
    surfaces.add(surface.attributes.name!);
    say(surface.children.length > 0, `surface ${surface.attributes.name} is empty`);
    for (const face of surface.children) corners(face, CORNERS_OF[face.tag]);
  }
  const pairs = new Set<string>();
  for (const pair of childrenOf(mesh, 'SurfacePair')) {
    attributes(pair, ['name']);
    pairs.add(pair.attributes.name!);
    for (const side of ['primary', 'secondary'])
      say(surfaces.has(childOf(pair, side).text), `<${side}> names a surface that is not there`);
  }

  const domains = childOf(root, 'MeshDomains').children;
  for (const domain of domains) {
    attributes(domain, ['name', 'mat'], ['type', 'elem_type']);
    const types = DOMAINS[domain.tag as keyof typeof DOMAINS] as readonly string[] | undefined;
    say(types?.includes(domain.attributes.type!) === true, `<${domain.tag}> of type ${domain.attributes.type}`);
    say(materialNames.has(domain.attributes.mat!), `domain ${domain.attributes.name} has no material`);
    say(partNames.has(domain.attributes.name!), `domain ${domain.attributes.name} has no part`);
    const isRigid = domain.attributes.type!.startsWith('rigid');
    say(rigid.has(domain.attributes.mat!) === isRigid, `domain ${domain.attributes.name} is not what its material is`);
    if (domain.tag === 'ShellDomain')
      say(positive(childOf(domain, 'shell_thickness').text), 'a shell has no thickness');
  }
  say(domains.length === parts.length, 'each part must have one domain');

  for (const bc of childrenOf(childOf(root, 'Boundary'), 'bc')) {
    attributes(bc, ['type', 'node_set'], ['name']);
    say(bc.attributes.type === 'zero displacement', `no boundary condition ${bc.attributes.type}`);
    say(nodeSets.has(bc.attributes.node_set!), `a boundary condition names ${bc.attributes.node_set}`);
    parameters(bc, { must: {}, may: { x_dof: flag, y_dof: flag, z_dof: flag } });
  }
  for (const contact of childrenOf(childOf(root, 'Contact'), 'contact')) {
    attributes(contact, ['type', 'surface_pair'], ['name']);
    say(contact.attributes.type === 'sliding-elastic', `no contact ${contact.attributes.type}`);
    say(pairs.has(contact.attributes.surface_pair!), 'a contact names a pair that is not there');
    parameters(contact, CONTACT);
  }
  for (const bc of childrenOf(childOf(root, 'Rigid'), 'rigid_bc')) {
    attributes(bc, ['type'], ['name']);
    say(rigid.has(childOf(bc, 'rb').text), 'a rigid condition names no rigid material');
    if (bc.attributes.type === 'rigid_fixed')
      parameters(bc, {
        must: { rb: () => true },
        may: Object.fromEntries(['Rx', 'Ry', 'Rz', 'Ru', 'Rv', 'Rw'].map((d) => [`${d}_dof`, flag])),
      });
    else if (bc.attributes.type === 'rigid_displacement') {
      parameters(bc, { must: { rb: () => true, dof: one('x', 'y', 'z'), value: number }, may: { relative: flag } });
      follows(childOf(bc, 'value'));
    } else faults.push(`no rigid condition ${bc.attributes.type}`);
  }
  const output = childOf(root, 'Output');
  for (const plot of childrenOf(output, 'plotfile'))
    for (const { attributes: a } of childrenOf(plot, 'var'))
      say(PLOTTED.includes(a.type!), `no plot variable ${a.type}`);
  for (const data of childrenOf(childOf(output, 'logfile'), 'rigid_body_data')) {
    attributes(data, ['data'], ['name', 'file', 'delim', 'format']);
    for (const name of data.attributes.data!.split(';')) say(LOGGED.includes(name), `no log variable ${name}`);
    const material = materials.find(({ attributes: a }) => a.id === data.text);
    say(rigid.has(material?.attributes.name ?? ''), 'the log asks for what is no rigid body');
  }
  return faults;
}
