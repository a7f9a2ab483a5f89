import { isPsoas } from '../anatomy/structures.ts';
import type { Share } from '../findings/finding.ts';
import { psoasShare } from '../findings/psoas-share.ts';
import { formatPercent } from '../words/amounts.ts';
import { everydayName } from '../words/everyday-name.ts';
import { useSpeaker } from './use-speaker.ts';

/** From the skin inwards: the order in which a push from the front comes to them. */
const ORDER = [
  'skin',
  'subcutaneous_fat',
  'abdominal_wall',
  'visceral_fat',
  'small_intestine',
  'large_intestine',
  'kidney',
  'vessels',
  'other_muscle',
  'other',
  'iliacus',
];
/** What is too small to be drawn by itself, all of it together. */
const REST = 'rest';

const HEIGHT = 34;
const WIDTH = 368;
/** Where the ribbon's middle stands, and how broad the whole push is. */
const BROAD = 128;

/**
 * Where the push went, as a ribbon that narrows from the skin to the psoas: what each tissue takes leaves it to the side, and
 * what is left at the end is what reached the psoas. Everything is in the text beside it too.
 */
export function Ribbon({ shares }: { readonly shares: readonly Share[] }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const rest = shares.filter((s) => !isPsoas(s.structure));
  const small = rest.filter((s) => s.share < 0.01).reduce((sum, s) => sum + s.share, 0);
  const taken = [
    ...ORDER.flatMap((id) => rest.filter((s) => s.structure === id && s.share >= 0.01)),
    ...rest.filter((s) => !ORDER.includes(s.structure) && s.share >= 0.01),
  ];
  const all = small >= 0.005 ? [...taken, { structure: REST, share: small }] : taken;
  const psoas = psoasShare(shares);
  let left = 1;
  const bands = all.map(({ structure, share }, n) => {
    const before = left;
    left -= share;
    return { structure, share, before, after: left, y: n * HEIGHT };
  });
  const end = bands.length * HEIGHT;
  const w = (part: number): number => Math.max(part, 0) * BROAD;
  return (
    <figure className="ribbon">
      <svg viewBox={`0 -14 ${WIDTH} ${end + 52}`} role="img" aria-label={say('app.ribbon')}>
        {bands.map(({ structure, share, before, after, y }) => {
          const [a, b] = [w(before), w(after)];
          const turn = y + HEIGHT - 12;
          return (
            <g key={structure}>
              <path className="stream" d={`M0 ${y}H${b}V${y + HEIGHT}H0Z`} />
              <path
                className="leaving"
                d={`M${b} ${y}H${a}C${a} ${y + 9} ${a} ${turn - w(share) / 2} ${BROAD + 14} ${turn - w(share) / 2}V${turn + w(share) / 2}C${b} ${turn + w(share) / 2} ${b} ${y + 12} ${b} ${y}Z`}
              />
              <text x={BROAD + 22} y={turn + 4}>
                <tspan className="share">{formatPercent(speaker, share)}</tspan>
                <tspan dx="7">{structure === REST ? say('app.ribbon.rest') : everydayName(speaker, structure)}</tspan>
              </text>
            </g>
          );
        })}
        <path className="reached" d={`M0 ${end}H${Math.max(w(psoas), 1)}V${end + 26}H0Z`} />
        <text x={Math.max(w(psoas), 1) + 10} y={end + 20} className="aimed">
          <tspan className="share">{formatPercent(speaker, psoas)}</tspan>
          <tspan dx="7">{say('app.ribbon.psoas')}</tspan>
        </text>
      </svg>
    </figure>
  );
}
