import type { Marks } from './marks.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

/** What lies to the left and to the right, a scale, and how the body is turned: for the eye, beside what words say elsewhere. */
export function SceneMarks({ marks }: { readonly marks: Marks }) {
  const { say } = useSpeaker();
  const units = useApp((s) => s.units);
  const { sides, scale, figure } = marks;
  return (
    <div className="marks" aria-hidden="true">
      <span className="mark">{sides !== undefined && say('app.scene.mark', { side: sides[0] })}</span>
      <svg aria-hidden="true" className="turned" viewBox="-1.1 -1.1 2.2 2.2">
        <path className="rest" d={figure.rest} />
        <path className="left" d={figure.left} />
        <circle cx={figure.head[0]} cy={figure.head[1]} r="0.17" />
      </svg>
      <span className="scale-bar">
        <span className="bar" style={{ width: `${scale.pixels.toFixed(1)}px` }} />
        {say('app.amount.length', { units, length: scale.length })}
      </span>
      <span className="mark right">{sides !== undefined && say('app.scene.mark', { side: sides[1] })}</span>
    </div>
  );
}
