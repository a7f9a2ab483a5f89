import { mmHgOf } from '../base/units.ts';
import { PRESSURE_COLOURS, PRESSURE_COLOURS_ON_DARK, PRESSURE_LEVELS } from '../words/pressure-scale.ts';
import { useSpeaker } from './use-speaker.ts';

/**
 * The colours of pressure with their numbers: the same in every view, in the tissue and on the skin.
 * @param on what they lie on: the page, whose theme they follow, or parts and papers, which are the same in both
 */
export function PressureKey(props: { readonly where?: 'tissue' | 'skin'; readonly on?: 'page' | 'light' }) {
  const { where = 'tissue', on = 'light' } = props;
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
            {...(n === 0 ? { className: 'blank' } : { style: { fill: on === 'page' ? themed(n) : rgb(colour) } })}
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

const rgb = (colour: readonly number[]): string => `rgb(${colour.join(' ')})`;

/** A band's colour on a light page, and on a dark one. */
const themed = (n: number): string => `light-dark(${rgb(PRESSURE_COLOURS[n]!)}, ${rgb(PRESSURE_COLOURS_ON_DARK[n]!)})`;
