import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { capitalised } from '../base/text.ts';
import type { ViewName } from '../view/camera.ts';
import { PERSON } from '../view/viewer.ts';
import { pressureText } from '../words/amounts.ts';
import { everydayName } from '../words/everyday-name.ts';
import { lyingView } from './cameras.ts';
import type { Pointed } from './input.ts';
import { type Callout, GAP } from './lay-names.ts';
import type { LevelMark } from './level-marks.ts';
import type { Marks } from './marks.ts';
import { moveTo, placeOf, SMALL_STEP, STEP } from './placement.tsx';
import type { Slot } from './protocol.ts';
import { attachScene, noScene, viewerOf } from './scene.ts';
import { SceneMarks } from './scene-marks.tsx';
import { eyeOf } from './share-link-view.ts';
import { setView, store } from './state.ts';
import { previewTool } from './tool-drag.ts';
import { placeText } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

/** The living model on a canvas, with names, the handle of the tool, and buttons for what dragging does. */
export function SceneView({ slot, onReady }: { readonly slot: Slot; readonly onReady: () => void }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [names, setNames] = useState<readonly Callout[]>([]);
  const [levels, setLevels] = useState<readonly LevelMark[]>([]);
  const [pointed, setPointed] = useState<Pointed | undefined>();
  const [marks, setMarks] = useState<Marks | undefined>();
  const [handle, setHandle] = useState<readonly [number, number] | undefined>();
  const mode = useApp((s) => s.mode);

  useEffect(() => {
    if (canvas.current === null) return;
    try {
      const dispose = attachScene(
        canvas.current,
        slot,
        {
          callouts: setNames,
          levels: setLevels,
          pointed: setPointed,
          handle: setHandle,
          marks: setMarks,
          ready: onReady,
        },
        speaker,
      );
      return dispose;
    } catch (error) {
      store.setState({ flat: noScene(error) });
      return;
    }
  }, [slot, onReady, speaker]);

  return (
    <div className="scene-view">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a scene turned by keys has no role of its own */}
      <canvas
        ref={canvas}
        className="scene"
        data-slot={slot}
        tabIndex={mode === 'story' ? -1 : 0}
        role="application"
        aria-label={say('app.scene')}
      />
      <svg className="levels" aria-hidden="true">
        {levels.map(({ words, at, kPa }) => (
          <text key={kPa} x={at[0]} y={at[1]} data-kpa={kPa}>
            {words}
          </text>
        ))}
      </svg>
      <svg className="callouts" aria-hidden="true">
        {names.map(({ lines, from, to, side }) => (
          <g key={lines.join(' ')}>
            <path d={`M${from[0]} ${from[1]}L${to[0]} ${to[1]}`} />
            <circle cx={to[0]} cy={to[1]} r="2.5" />
            <text y={from[1] + 5} textAnchor={side === 'left' ? 'end' : 'start'}>
              {lines.map((line, n) => (
                <tspan key={line} x={from[0] + (side === 'left' ? -GAP : GAP)} dy={n === 0 ? 0 : '1.1em'}>
                  {line}
                </tspan>
              ))}
            </text>
          </g>
        ))}
      </svg>
      {pointed !== undefined && <PointedName pointed={pointed} />}
      {marks !== undefined && <SceneMarks marks={marks} />}
      {mode !== 'story' && handle !== undefined && <Handle slot={slot} at={handle} />}
      {/* two scenes have one camera */}
      {mode !== 'story' && slot === 'a' && <Views slot={slot} />}
    </div>
  );
}

/** Name of what a resting pointer is on, beside the pointer; on a cut also the pressure there. */
function PointedName({ pointed: { structure, side, pressure, at } }: { readonly pointed: Pointed }) {
  const speaker = useSpeaker();
  const name = capitalised(everydayName(speaker, structure, side));
  return (
    <p className="pointed" aria-hidden="true" style={{ left: `${at[0]}px`, top: `${at[1]}px` }}>
      {name}
      {pressure !== undefined && <span>{pressureText(speaker, pressure)}</span>}
    </p>
  );
}

/** Takes hold of the tool: drag it over the skin, or move it with the arrow keys. */
function Handle({ slot, at }: { readonly slot: Slot; readonly at: readonly [number, number] }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const units = useApp((s) => s.units);
  const dragged = useRef<readonly [number, number] | undefined>(undefined);
  const place = (event: PointerEvent): [number, number] | undefined => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    return box && [event.clientX - box.left, event.clientY - box.top];
  };
  const key = (event: KeyboardEvent): void => {
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (way === undefined) return;
    event.preventDefault();
    const { inputs, body } = store.getState()[slot];
    const now = placeOf(inputs.placement, body, {});
    const step = event.shiftKey ? SMALL_STEP : STEP;
    moveTo(slot, now.x + step * way[0]!, now.y + step * way[1]!);
  };
  return (
    <button
      type="button"
      className="handle"
      style={{ left: `${at[0]}px`, top: `${at[1]}px` }}
      aria-label={say('app.scene.tool', {
        step: placeText(speaker, STEP, units),
        small: placeText(speaker, SMALL_STEP, units),
      })}
      onKeyDown={key}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
        const to = place(event);
        const [viewer, { body }] = [viewerOf(slot), store.getState()[slot]];
        const found = to && viewer && body && previewTool(viewer, body, ...to);
        if (found !== undefined) dragged.current = found;
      }}
      onPointerUp={() => {
        if (dragged.current !== undefined) moveTo(slot, ...dragged.current);
        dragged.current = undefined;
      }}
    />
  );
}

const VIEWS = [
  ['front', 'front'],
  ['left', 'side'],
  ['oblique', 'slant'],
] as const;

/** One of the named sides; where the eye has come to stands in the address. */
async function seeFrom(slot: Slot, view: ViewName): Promise<void> {
  const viewer = viewerOf(slot);
  await viewer?.look(view, { focus: ['skin'], margin: 0.9 });
  if (viewer !== undefined) setView({ eye: eyeOf(viewer.camera) });
}

/** Who lies where on what: the whole person, from the side. */
function seeLying(slot: Slot): void {
  const { body } = store.getState()[slot];
  if (body === undefined) return;
  setView({ section: 'off', isolated: undefined, xray: false, eye: undefined });
  void viewerOf(slot)?.look(lyingView(body), { focus: [PERSON], margin: 1.04 });
}

/** The camera without dragging. */
function Views({ slot }: { readonly slot: Slot }) {
  const { say } = useSpeaker();
  return (
    <div className="views">
      <button type="button" onClick={() => seeLying(slot)}>
        {say('app.scene.view', { view: 'lying' })}
      </button>
      {VIEWS.map(([view, name]) => (
        <button key={name} type="button" onClick={() => void seeFrom(slot, view)}>
          {say('app.scene.view', { view: name })}
        </button>
      ))}
      <button type="button" aria-label={say('app.scene.nearer')} onClick={() => viewerOf(slot)?.zoom(1.2)}>
        +
      </button>
      <button type="button" aria-label={say('app.scene.farther')} onClick={() => viewerOf(slot)?.zoom(1 / 1.2)}>
        –
      </button>
    </div>
  );
}
