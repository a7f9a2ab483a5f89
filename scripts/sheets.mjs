// Contact sheets of the bodies, drawn by the viewer itself: npm run sheets [name …]
import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { viewerBundle } from './viewer-bundle.mjs';

const FOLDER = fileURLToPath(new URL('../docs/pictures/', import.meta.url));

/** Lean, average and heavy: BMI about 20, 23 to 24, and 33. */
const BODIES = [
  { name: 'woman-lean', sex: 'female', height_cm: 163, weight_kg: 53 },
  { name: 'woman-average', sex: 'female', height_cm: 163, weight_kg: 62 },
  { name: 'woman-heavy', sex: 'female', height_cm: 163, weight_kg: 88 },
  { name: 'man-lean', sex: 'male', height_cm: 175, weight_kg: 62 },
  { name: 'man-average', sex: 'male', height_cm: 175, weight_kg: 75 },
  { name: 'man-heavy', sex: 'male', height_cm: 175, weight_kg: 102 },
];

const STYLE = `
  body { margin: 0; background: #f6f3ee; font: 12px/1.3 system-ui, sans-serif; color: #4a443c; }
  canvas { position: fixed; left: -400px; top: 0; width: 300px; height: 300px; }
  main { width: 1000px; padding: 14px 10px; box-sizing: border-box; }
  h1 { font-size: 17px; font-weight: 600; margin: 0 4px 8px; }
  .row { display: flex; gap: 4px; align-items: flex-end; justify-content: space-between; margin-bottom: 8px; }
  figure { margin: 0; text-align: center; }
  img { display: block; }
`;

const wanted = process.argv.slice(2);
const code = await viewerBundle();
mkdirSync(FOLDER, { recursive: true });
for (const body of BODIES) {
  if (wanted.length > 0 && !wanted.includes(body.name)) continue;
  // a browser each: software rendering keeps memory
  const browser = await chromium.launch({
    executablePath: process.env.PSOASCOPE_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
  page.on('pageerror', (error) => console.error(error.message));
  await page.setContent(`<style>${STYLE}</style><canvas id="a"></canvas><canvas id="b"></canvas><main></main>`);
  await page.addScriptTag({ content: code });
  await page.evaluate(draw, body);
  // the canvases stand beside the sheet, but a picture of the whole sheet can show their edge
  await page.addStyleTag({ content: 'canvas { display: none }' });
  const path = `${FOLDER}anatomy-${body.name}.png`;
  await (await page.$('main')).screenshot({ path });
  await browser.close();
  console.log(path, `${Math.round(statSync(path).size / 1024)} kB`);
}

/** Runs in the page: fills the sheet of one body. */
async function draw(spec) {
  const { name, ...rest } = spec;
  const { bodyOf, buildSurfaces, labelsOf, Viewer } = globalThis.psoascope;
  const main = document.querySelector('main');
  const { anatomy, model } = await bodyOf(rest, 5);
  const { grid } = model;
  main.innerHTML = `<h1>${name.replace('-', ', ')}: ${rest.height_cm} cm, ${rest.weight_kg} kg, 40 years</h1>`;
  const row = () => main.appendChild(Object.assign(document.createElement('div'), { className: 'row' }));
  const put = async (into, viewer, width, height, caption) => {
    const image = new Image(width, height);
    image.src = URL.createObjectURL(
      await viewer.snapshot({ width: Math.round(1.6 * width), height: Math.round(1.6 * height) }),
    );
    await image.decode();
    const figure = into.appendChild(document.createElement('figure'));
    figure.append(image, caption);
  };

  // solid pictures
  const viewer = new Viewer(document.querySelector('#a'), { reducedMotion: true, pixelRatio: 1 });
  const surfaces = await buildSurfaces({ model, anatomy }, { detail: 'medium' });
  viewer.setSurfaces(surfaces);
  const bones = surfaces.filter((s) => ['bone', 'disc', 'cartilage'].includes(s.tissue)).map((s) => s.structure);
  let into = row();
  for (const [caption, peel, view, focus] of [
    ['skin', 0, 'front'],
    ['wall', 0.25, 'front'],
    ['bowel', 0.59, 'front'],
    ['psoas and its neighbours', 1, 'front', bones],
  ]) {
    viewer.setPeel(peel);
    await viewer.look(view, { focus, margin: 1.01 });
    await put(into, viewer, 240, 225, caption);
  }
  into = row();
  for (const [caption, peel, view, isolate] of [
    ['psoas, oblique', 1, 'oblique'],
    ['psoas, left side', 1, 'left'],
    ['bones', 1, 'front', bones],
    ['back', 0.25, 'back'],
  ]) {
    viewer.setPeel(peel);
    viewer.isolate(isolate);
    await viewer.look(view, { focus: isolate || view === 'back' ? undefined : bones, margin: 1.03 });
    await put(into, viewer, 240, 225, caption);
  }
  viewer.dispose();

  // slices: the labels that the solver gets, in smaller voxels
  const cut = new Viewer(document.querySelector('#b'), { reducedMotion: true, pixelRatio: 1 });
  cut.setBody({ ...model, fine: labelsOf(anatomy, grid, 5 / 3) });
  const middle = [0, 1, 2].map((d) => grid.origin[d] + (grid.size[d] * grid.spacing) / 2);
  const extent = (d) => grid.size[d] * grid.spacing;
  const slice = async (into, kind, at, width, caption) => {
    const axis = { axial: 2, coronal: 1, sagittal: 0 }[kind];
    const [across, up] = { axial: [0, 1], coronal: [0, 2], sagittal: [1, 2] }[kind];
    const through = kind === 'axial' ? 0 : kind === 'sagittal' ? 0 : middle[1];
    cut.setSection({ kind, show: 'structures', offset_mm: at - through });
    const height = Math.round((width * extent(up)) / extent(across));
    // from far away, so that the axis of the lens hardly matters
    const distance = extent(up) / 2 / Math.tan((12 * Math.PI) / 180);
    const target = [...middle];
    target[axis] = at;
    const position = [...target];
    if (kind === 'axial') {
      // nearly straight from the feet: straight, there would be no up
      position[1] -= 0.02 * distance;
      position[2] -= distance;
    } else if (kind === 'coronal') position[1] -= distance;
    else position[0] += distance;
    cut.setCamera({ target, position });
    await put(into, cut, width, height, caption);
  };
  const names = { t12: 'T12', l1: 'L1', l2: 'L2', l3: 'L3', l4: 'L4', l5: 'L5', s1: 'S1', asis: 'ASIS' };
  const levels = Object.entries(names);
  for (const four of [levels.slice(0, 4), levels.slice(4)]) {
    into = row();
    for (const [key, caption] of four) {
      // the trunk ends at about T12
      const at = Math.min(anatomy.levels[key], grid.origin[2] + extent(2) - 3);
      await slice(into, 'axial', at, 240, caption);
    }
  }
  into = row();
  const psoas = anatomy.landmarks.aortic_bifurcation[1] + 22;
  await slice(into, 'coronal', psoas - 45, 240, 'coronal, through the bowel');
  await slice(into, 'coronal', psoas, 240, 'coronal, through the psoas');
  await slice(into, 'sagittal', 0, 185, 'sagittal, midline');
  await slice(into, 'sagittal', 45, 185, 'sagittal, through the left psoas');
  cut.dispose();
}
