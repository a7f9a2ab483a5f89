import { useState } from 'react';
import { Button } from 'react-aria-components';
import { smoothstep } from '../base/smoothstep.ts';
import type { Result } from '../findings/result.ts';
import { Choice, Line } from './fields.tsx';
import { Icon } from './icons.tsx';
import { pace } from './pace.ts';
import { PressureKey } from './pressure-key.tsx';
import { currentResult, setView } from './state.ts';
import { depthText } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

const CUTS = ['off', 'axial', 'sagittal', 'along-push'] as const;
const SHOWN = ['both', 'pressure', 'structures'] as const;

/** What can be done with the scene: peel, lean in, cut, look through. */
export function SceneTools() {
  const speaker = useSpeaker();
  const { say } = speaker;
  const view = useApp((s) => s.view);
  const result = useApp((s) => currentResult(s.a));
  const path = result?.path.map(wholePush);
  const units = useApp((s) => s.units);
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
    const further = pace(2.6);
    const next = (now: number): void => {
      const t = further(now);
      // slow at both ends, as somebody lowers themselves
      setView({ load: smoothstep(t) });
      if (t < 1) setPlaying(requestAnimationFrame(next));
      else setPlaying(undefined);
    };
    setPlaying(requestAnimationFrame(next));
  };
  const percent = Math.round(100 * view.load);
  const now = path === undefined ? undefined : along(path, view.load);
  // a load counts as reached within a little of it; the end is called what was asked for, as everywhere else
  const end = result?.solver.converged ? result.tool.targetForce_N / (path?.at(-1)?.newtons ?? 1) : 1;
  const newtons = now === undefined ? undefined : Math.round(now.force * end);
  const depth = now === undefined ? undefined : depthText(speaker, now.depth, units);
  return (
    <div className="scene-tools">
      {view.section !== 'off' && view.sectionShows !== 'structures' && (
        <PressureKey on={view.sectionShows === 'both' ? 'light' : 'page'} />
      )}
      <div className="lines">
        <div className="with-name">
          <span aria-hidden="true">{say('app.scene.skin')}</span>
          <Line
            label={say('app.scene.peel')}
            value={view.peel}
            min={0}
            max={1}
            step={0.01}
            onChange={(peel) => setView({ peel, isolated: undefined })}
            text={say('app.scene.peel.is', { percent: Math.round(100 * view.peel) })}
          />
          <span aria-hidden="true">{say('app.scene.psoas')}</span>
        </div>
        <div className="with-name">
          <Button
            className="round"
            aria-label={say('app.scene.play', { playing: playing === undefined ? 'no' : 'yes' })}
            onPress={playing === undefined ? play : stop}
          >
            <Icon name={playing === undefined ? 'play' : 'stop'} />
          </Button>
          <Line
            label={say('app.scene.load')}
            value={view.load}
            min={0}
            max={1}
            step={0.01}
            onChange={(load) => {
              stop();
              setView({ load });
            }}
            text={
              newtons === undefined || depth === undefined
                ? say('app.scene.load.is', { percent })
                : say('app.scene.load.solved', { percent, newtons, depth })
            }
          />
          <span className="told" aria-hidden="true">
            {comparing || newtons === undefined || depth === undefined ? (
              say('app.scene.percent', { percent })
            ) : (
              <>
                <span className="wide">{say('app.scene.solved', { newtons, depth })}</span>
                <span className="narrow">{say('app.scene.newtons', { newtons })}</span>
              </>
            )}
          </span>
        </div>
      </div>
      <div className="switches">
        <Choice
          hideLabel
          label={say('app.scene.cut')}
          value={view.section}
          options={CUTS.map((way) => [way, say('app.scene.cut.way', { way })] as const)}
          onChange={(section) => setView({ section, ...(section !== 'off' && { eye: undefined }) })}
        />
        {view.section !== 'off' && (
          <Choice
            hideLabel
            label={say('app.scene.shows')}
            value={view.sectionShows}
            options={SHOWN.map((what) => [what, say('app.scene.shows.what', { what })] as const)}
            onChange={(sectionShows) => setView({ sectionShows })}
          />
        )}
        <Button className="toggle" aria-pressed={view.xray} onPress={() => setView({ xray: !view.xray })}>
          {say('app.scene.xray')}
        </Button>
      </div>
    </div>
  );
}

/** The push in one step: what the tool carries, and the floor beside it. */
const wholePush = ({ depth_mm, force_N, floorForce_N }: Result['path'][number]) => ({
  depth_mm,
  newtons: force_N + floorForce_N,
});

/** Depth and force at a share of the way in, between the solved steps. */
function along(
  path: readonly { readonly depth_mm: number; readonly newtons: number }[],
  share: number,
): { depth: number; force: number } {
  const depth = share * (path.at(-1)?.depth_mm ?? 0);
  const after = path.findIndex((p) => p.depth_mm >= depth);
  const to = path[after] ?? path.at(-1)!;
  const from = path[after - 1] ?? { depth_mm: 0, newtons: 0 };
  const t = to.depth_mm > from.depth_mm ? (depth - from.depth_mm) / (to.depth_mm - from.depth_mm) : 1;
  return { depth, force: from.newtons + Math.min(1, t) * (to.newtons - from.newtons) };
}
