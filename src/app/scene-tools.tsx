import { useState } from 'react';
import { Button } from 'react-aria-components';
import { Choice, Line } from './fields.tsx';
import { Icon } from './icons.tsx';
import { PressureKey } from './pressure-key.tsx';
import { setView } from './state.ts';
import { useApp } from './use-store.ts';

/** What can be done with the scene: peel, lean in, cut, look through. */
export function SceneTools() {
  const view = useApp((s) => s.view);
  const path = useApp((s) => s.a.result?.path);
  const comparing = useApp((s) => s.mode === 'compare');
  const [playing, setPlaying] = useState<number | undefined>();
  const stop = (): void => {
    if (playing !== undefined) cancelAnimationFrame(playing);
    setPlaying(undefined);
  };
  const play = (): void => {
    stop();
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setView({ load: 1 });
      return;
    }
    const started = performance.now();
    const next = (now: number): void => {
      const t = Math.min(1, (now - started) / 2600);
      // slow at both ends, as somebody lowers themselves
      setView({ load: t * t * (3 - 2 * t) });
      if (t < 1) setPlaying(requestAnimationFrame(next));
      else setPlaying(undefined);
    };
    setPlaying(requestAnimationFrame(next));
  };
  const percent = Math.round(100 * view.load);
  const now = path === undefined ? undefined : along(path, view.load);
  const newtons = now === undefined ? `${percent} %` : `${Math.round(now.force)} N`;
  const millimetres = now === undefined ? '' : `, ${Math.round(now.depth)} mm`;
  return (
    <div className="scene-tools">
      {view.section !== 'off' && view.sectionShows === 'pressure' && <PressureKey />}
      <div className="lines">
        <div className="with-name">
          <span aria-hidden="true">skin</span>
          <Line
            label="Peel from skin to psoas"
            value={view.peel}
            min={0}
            max={1}
            step={0.01}
            onChange={(peel) => setView({ peel, isolated: undefined })}
            text={`${Math.round(100 * view.peel)} % of the way to the psoas`}
          />
          <span aria-hidden="true">psoas</span>
        </div>
        <div className="with-name">
          <Button
            className="round"
            aria-label={playing === undefined ? 'Play the press' : 'Stop'}
            onPress={playing === undefined ? play : stop}
          >
            <Icon name={playing === undefined ? 'play' : 'stop'} />
          </Button>
          <Line
            label="How far into the press"
            value={view.load}
            min={0}
            max={1}
            step={0.01}
            onChange={(load) => {
              stop();
              setView({ load });
            }}
            text={`${percent} % of the way in${now === undefined ? '' : `: ${newtons}${millimetres} deep`}`}
          />
          <span className="told" aria-hidden="true">
            {comparing ? `${percent} %` : newtons}
            {!comparing && <span className="depth">{millimetres}</span>}
          </span>
        </div>
      </div>
      <div className="switches">
        <Choice
          hideLabel
          label="Cut through the tool"
          value={view.section}
          options={[
            ['off', 'no cut'],
            ['axial', 'across'],
            ['sagittal', 'along'],
            ['along-push', 'along the push'],
          ]}
          onChange={(section) => setView({ section })}
        />
        <Choice
          hideLabel
          label="What the cut shows"
          value={view.sectionShows}
          options={[
            ['pressure', 'pressure'],
            ['structures', 'parts'],
          ]}
          onChange={(sectionShows) => setView({ sectionShows })}
        />
        <Button className="toggle" aria-pressed={view.xray} onPress={() => setView({ xray: !view.xray })}>
          see through
        </Button>
      </div>
    </div>
  );
}

/** Depth and force at a share of the way in, between the solved steps. */
function along(
  path: readonly { readonly depth_mm: number; readonly force_N: number }[],
  share: number,
): { depth: number; force: number } {
  const depth = share * (path.at(-1)?.depth_mm ?? 0);
  const after = path.findIndex((p) => p.depth_mm >= depth);
  const to = path[after] ?? path.at(-1)!;
  const from = path[after - 1] ?? { depth_mm: 0, force_N: 0 };
  const t = to.depth_mm > from.depth_mm ? (depth - from.depth_mm) / (to.depth_mm - from.depth_mm) : 1;
  return { depth, force: from.force_N + Math.min(1, t) * (to.force_N - from.force_N) };
}
