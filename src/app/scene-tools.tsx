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
  const force = useApp((s) => s.a.result?.path.at(-1)?.force_N);
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
            text={`${percent} % of the way in${force === undefined ? '' : `, of ${Math.round(force)} N at the end`}`}
          />
          <span aria-hidden="true">{percent} %</span>
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
