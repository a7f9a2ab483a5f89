import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef } from 'react';
import { Button, Group } from 'react-aria-components';
import { isPsoas } from '../anatomy/structures.ts';
import type { Speaker } from '../messages/speaker.ts';
import { toolFamily } from '../tool/build.ts';
import { appNote } from './app-note.ts';
import { Amount } from './fields.tsx';
import { Icon } from './icons.tsx';
import type { BodyScene, Slot } from './protocol.ts';
import { change } from './session.ts';
import { Sources } from './sources.tsx';
import { announce, store } from './state.ts';
import { mmOf, placeNote, placeText, rounded, smallIn } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

/** Step of an arrow key, mm; with Shift the small one. */
export const STEP = 5;
export const SMALL_STEP = 1;

/** Where on the skin: named places, a map to drag on, arrow keys, buttons and numbers. */
export function Placement({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const { placement, tool } = useApp((s) => s[slot].inputs);
  const body = useApp((s) => s[slot].body);
  const family = toolFamily(tool?.id ?? 'two-peak');
  const units = useApp((s) => s.units);
  const at = placeOf(placement, body, family.presets);
  const preset = placement !== undefined && 'preset' in placement ? placement.preset : undefined;
  const move = (x: number, y: number): void => moveTo(slot, x, y);
  return (
    <div className="form">
      <Group className="presets" aria-label={say('app.place.named')}>
        {Object.entries(family.presets).map(([id, p]) => (
          <Button
            key={id}
            className="preset"
            aria-pressed={preset === id}
            onPress={() => change(slot, { placement: { preset: id } })}
          >
            {nameOf(speaker, id, speaker.name(`place.${family.id}.${id}`, p.label))}
          </Button>
        ))}
        {family.parameters.riser !== undefined &&
          [25, 50].map((riser) => (
            <Button
              key={riser}
              className="preset"
              aria-pressed={tool?.parameters?.riser === riser}
              onPress={() =>
                change(slot, {
                  tool: {
                    id: family.id,
                    parameters: { ...tool?.parameters, riser: tool?.parameters?.riser === riser ? 0 : riser },
                  },
                })
              }
            >
              {say('app.place.book', { inches: riser / 25 })}
            </Button>
          ))}
      </Group>
      {preset !== undefined && family.presets[preset] !== undefined && (
        <p className="hint">
          {speaker.name(`place.${family.id}.${preset}.seen`, family.presets[preset].seen)}{' '}
          {speaker.name(`place.${family.id}.${preset}.assumed`, family.presets[preset].assumed)}{' '}
          <Sources ids={family.presets[preset].evidence} />
        </p>
      )}
      <div className="place">
        <BellyMap body={body} at={at} onMove={move} />
        <Group className="nudges" aria-label={say('app.place.move', { step: placeText(speaker, STEP, units) })}>
          <Button
            className="nudge up"
            aria-label={say('app.place.to', { step: placeText(speaker, STEP, units), way: 'head' })}
            onPress={() => move(at.x, at.y + STEP)}
          >
            <Icon name="up" />
          </Button>
          <Button
            className="nudge left"
            aria-label={say('app.place.to', { step: placeText(speaker, STEP, units), way: 'right' })}
            onPress={() => move(at.x - STEP, at.y)}
          >
            <Icon name="left" />
          </Button>
          <Button
            className="nudge right"
            aria-label={say('app.place.to', { step: placeText(speaker, STEP, units), way: 'left' })}
            onPress={() => move(at.x + STEP, at.y)}
          >
            <Icon name="right" />
          </Button>
          <Button
            className="nudge down"
            aria-label={say('app.place.to', { step: placeText(speaker, STEP, units), way: 'feet' })}
            onPress={() => move(at.x, at.y - STEP)}
          >
            <Icon name="down" />
          </Button>
        </Group>
      </div>
      <div className="pair">
        {(
          [
            ['left', at.x, -200, 200, (x: number) => move(x, at.y)],
            ['head', at.y, -150, 230, (y: number) => move(at.x, y)],
          ] as const
        ).map(([way, value, min, max, to]) => (
          <Amount
            key={way}
            short
            label={say(`app.place.${way}`)}
            unit={say('app.unit.small', { units })}
            value={units === 'imperial' ? rounded(smallIn(value, units), 2) : value}
            min={min}
            max={max}
            step={units === 'imperial' ? 0.1 : SMALL_STEP}
            onChange={(v) => to(mmOf(v, units))}
          />
        ))}
      </div>
      <p className="hint">{say('app.place.measured')}</p>
    </div>
  );
}

/** Lays the tool somewhere else, mm in the body frame. */
export function moveTo(slot: Slot, x: number, y: number): void {
  // a tenth is what anybody could type; a pointer's fractions come here rounded
  const place = { x_mm: rounded(x, 1), y_mm: rounded(y, 1) };
  change(slot, { placement: place });
  const { units } = store.getState();
  announce(
    appNote('app.place.now', {
      across: place.x_mm === 0 ? 'middle' : place.x_mm > 0 ? 'left' : 'right',
      x: placeNote(Math.abs(place.x_mm), units),
      along: place.y_mm >= 0 ? 'above' : 'below',
      y: placeNote(Math.abs(place.y_mm), units),
    }),
  );
}

/** Where the tool lies in the body frame, mm: as written, else where the model laid it. */
export function placeOf(
  placement: ReturnType<typeof store.getState>['a']['inputs']['placement'],
  body: BodyScene | undefined,
  presets: Readonly<Record<string, { readonly x_mm: number; readonly y_mm: number }>>,
): { readonly x: number; readonly y: number } {
  if (placement !== undefined && 'x_mm' in placement) return point(placement.x_mm, placement.y_mm);
  if (body !== undefined)
    return point(Math.round(body.tool.at[0] - body.bodyOrigin[0]), Math.round(body.tool.at[2] - body.bodyOrigin[2]));
  const preset = presets[placement?.preset ?? 'as-sold'];
  return point(preset?.x_mm ?? 0, preset?.y_mm ?? 0);
}

const point = (x: number, y: number): { x: number; y: number } => ({ x, y });

/** Places that have a short name here; others are called as the tool calls them. */
const NAMED = ['as-sold', 'as-sold-right', 'low', 'midline', 'one-peak', 'one-peak-right', 'hip-crease'] as const;
const nameOf = ({ say }: Speaker, id: string, label: string): string => {
  const named = NAMED.find((one) => one === id);
  return named === undefined ? label : say(`app.place.${named}`);
};

/** The part of the body that the map shows, mm in the body frame. */
const SHOWN = { left: -190, right: 190, bottom: -120, top: 190 } as const;

function BellyMap(props: {
  readonly body: BodyScene | undefined;
  readonly at: { readonly x: number; readonly y: number };
  readonly onMove: (x: number, y: number) => void;
}) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const { body, at, onMove } = props;
  const canvas = useRef<HTMLCanvasElement>(null);
  const scheme = useApp((s) => s.scheme);
  const units = useApp((s) => s.units);
  const print = useMemo(() => (body === undefined ? '' : footprint(body)), [body]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours follow the scheme
  useEffect(() => {
    if (canvas.current !== null && body !== undefined) drawMap(canvas.current, body);
  }, [body, scheme]);

  const from = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    onMove(
      Math.round(SHOWN.left + ((event.clientX - box.left) / box.width) * (SHOWN.right - SHOWN.left)),
      Math.round(SHOWN.top - ((event.clientY - box.top) / box.height) * (SHOWN.top - SHOWN.bottom)),
    );
  };
  const key = (event: KeyboardEvent): void => {
    const step = event.shiftKey ? SMALL_STEP : STEP;
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    onMove(at.x + step * way[0]!, at.y + step * way[1]!);
  };
  const left = (100 * (at.x - SHOWN.left)) / (SHOWN.right - SHOWN.left);
  const top = (100 * (SHOWN.top - at.y)) / (SHOWN.top - SHOWN.bottom);
  return (
    <div
      className="map"
      role="application"
      aria-label={say('app.place.map', {
        x: placeText(speaker, at.x, units),
        y: placeText(speaker, at.y, units),
        step: placeText(speaker, STEP, units),
        small: placeText(speaker, SMALL_STEP, units),
      })}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a two-way slider has no role of its own; the name says how to use it
      tabIndex={0}
      onKeyDown={key}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        from(event);
      }}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && from(event)}
    >
      <canvas ref={canvas} width={380} height={310} />
      <svg
        className="print"
        viewBox={`${SHOWN.left - at.x} ${at.y - SHOWN.top} ${SHOWN.right - SHOWN.left} ${SHOWN.top - SHOWN.bottom}`}
        aria-hidden="true"
      >
        <path d={print} />
      </svg>
      <span className="side left" aria-hidden="true">
        {say('app.place.map.right')}
      </span>
      <span className="side right" aria-hidden="true">
        {say('app.place.map.left')}
      </span>
      <span className="cross" aria-hidden="true" style={{ left: `${left}%`, top: `${top}%` }} />
    </div>
  );
}

/** How much of the tool behind its foremost point is drawn as what touches, mm. */
const TOUCHES = 12;

/** Where the tool touches first, seen from the front, mm from the aimed point: both peaks of a tool that has two. */
function footprint({ tool }: BodyScene): string {
  const { vertices, triangles, direction, at, apex } = tool;
  const along = (p: ArrayLike<number>, o = 0): number =>
    p[o]! * direction[0] + p[o + 1]! * direction[1] + p[o + 2]! * direction[2];
  const front = along(apex) - TOUCHES;
  const parts: string[] = [];
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [0, 1, 2].map((c) => 3 * triangles[t + c]!);
    if (corners.some((v) => along(vertices, v) < front)) continue;
    const points = corners.map((v) => `${(vertices[v]! - at[0]).toFixed(1)} ${(at[2] - vertices[v + 2]!).toFixed(1)}`);
    parts.push(`M${points.join('L')}Z`);
  }
  return parts.join('');
}

/** The trunk seen from the front as light would shine through it: bones, psoas and iliacus by their thickness. */
function drawMap(canvas: HTMLCanvasElement, { fine, bodyOrigin }: BodyScene): void {
  const target = canvas.getContext('2d');
  if (target === null) return;
  const { size, spacing, origin } = fine.grid;
  const [nx, ny, nz] = size;
  const kind = fine.table.map(({ structure, tissue }) =>
    isPsoas(structure) ? 3 : structure === 'iliacus' ? 2 : tissue === 'bone' ? 1 : 0,
  );
  const style = getComputedStyle(canvas);
  const ink = rgb(style.getPropertyValue('--ink-rgb'));
  const accent = rgb(style.getPropertyValue('--accent-rgb'));
  const image = new ImageData(nx, nz);
  for (let k = 0; k < nz; k++)
    for (let i = 0; i < nx; i++) {
      let [body, bone, iliacus, psoas] = [0, 0, 0, 0];
      for (let j = 0, c = i + nx * ny * k; j < ny; j++, c += nx) {
        const label = fine.labels[c]!;
        if (label === 0) continue;
        body++;
        const what = kind[label]!;
        if (what === 1) bone++;
        else if (what === 2) iliacus++;
        else if (what === 3) psoas++;
      }
      const shade = (cells: number, depth: number): number => 1 - Math.exp((-cells * spacing) / depth);
      const red = Math.min(1, 0.85 * shade(psoas, 22) + 0.4 * shade(iliacus, 22));
      const grey = Math.min(1, 0.13 * shade(body, 60) + 0.42 * shade(bone, 40));
      const alpha = 1 - (1 - red) * (1 - grey);
      const mix = alpha === 0 ? 0 : red / (red + grey);
      const pixel = 4 * (i + nx * (nz - 1 - k));
      for (let c = 0; c < 3; c++) image.data[pixel + c] = ink[c]! + mix * (accent[c]! - ink[c]!);
      image.data[pixel + 3] = 255 * alpha;
    }
  const sheet = new OffscreenCanvas(nx, nz);
  sheet.getContext('2d')!.putImageData(image, 0, 0);
  const scale = canvas.width / (SHOWN.right - SHOWN.left);
  target.clearRect(0, 0, canvas.width, canvas.height);
  target.imageSmoothingQuality = 'high';
  target.drawImage(
    sheet,
    scale * (origin[0] - bodyOrigin[0] - SHOWN.left),
    scale * (SHOWN.top - (origin[2] - bodyOrigin[2] + nz * spacing)),
    scale * nx * spacing,
    scale * nz * spacing,
  );
}

const rgb = (text: string): number[] => (text.match(/\d+/g) ?? ['60', '55', '48']).map(Number);
