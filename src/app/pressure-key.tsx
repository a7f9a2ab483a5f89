import { mmHgOf } from '../base/units.ts';
import { PRESSURE_COLOURS, PRESSURE_LEVELS } from '../words/pressure-scale.ts';
import { useSpeaker } from './use-speaker.ts';

/** The colours of pressure with their numbers: the same in every view, in the tissue and on the skin. */
export function PressureKey({ where = 'tissue' }: { readonly where?: 'tissue' | 'skin' }) {
  const { say } = useSpeaker();
  const width = 22;
  return (
    <figure className="pressure-key">
      <svg
        viewBox={`0 0 ${width * PRESSURE_COLOURS.length} 30`}
        role="img"
        aria-label={say('app.key', { where, low: PRESSURE_LEVELS[0]!, high: PRESSURE_LEVELS.at(-1)! })}
      >
        {PRESSURE_COLOURS.map((colour, n) => (
          <rect
            key={colour.join()}
            x={n * width}
            y="0"
            width={width}
            height="10"
            // below the first number the parts keep a pale shade of their own colour
            {...(n === 0 ? { className: 'blank' } : { fill: `rgb(${colour.join(',')})` })}
          />
        ))}
        {PRESSURE_LEVELS.map((level, n) => (
          <g key={level}>
            <text x={(n + 1) * width} y="19">
              {level}
            </text>
            <text x={(n + 1) * width} y="28" className="second">
              {Math.round(mmHgOf(level))}
            </text>
          </g>
        ))}
      </svg>
      <figcaption>
        {say('app.key.kPa', { where })} <span>{say('app.key.mmHg')}</span>
      </figcaption>
    </figure>
  );
}
