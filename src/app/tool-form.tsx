import { Label, Radio, RadioGroup } from 'react-aria-components';
import { capitalised } from '../base/text.ts';
import type { Speaker } from '../messages/speaker.ts';
import { allowedRange, toolFamily } from '../tool/build.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import type { ToolParameter } from '../tool/tool.ts';
import { toolName } from '../words/tool-name.ts';
import { withTool } from './entered.ts';
import { Amount } from './fields.tsx';
import type { Slot } from './protocol.ts';
import { change, replace } from './session.ts';
import { Sources } from './sources.tsx';
import { store } from './state.ts';
import { ToolPicture } from './tool-picture.tsx';
import { mmOf, rounded, smallIn, type Units } from './units.ts';
import { useSpeaker } from './use-speaker.ts';
import { useApp } from './use-store.ts';

/** On what: the tools as pictures, and the sizes of the one that is chosen. */
export function ToolForm({ slot }: { readonly slot: Slot }) {
  const speaker = useSpeaker();
  const { say } = speaker;
  const tool = useApp((s) => s[slot].inputs.tool) ?? {};
  const units = useApp((s) => s.units);
  const family = toolFamily(tool.id ?? 'two-peak');
  const sizes = tool.parameters ?? {};
  return (
    <div className="form">
      <RadioGroup
        className="tools"
        value={family.id}
        onChange={(id) => replace(slot, withTool(store.getState()[slot].inputs, id))}
        orientation="horizontal"
      >
        <Label className="hidden">{say('app.tool')}</Label>
        {TOOL_FAMILIES.map(({ id }) => (
          <Radio key={id} value={id} className="tool">
            <ToolPicture spec={{ id, parameters: id === family.id ? sizes : {} }} />
            <span>{toolName(speaker, id)}</span>
          </Radio>
        ))}
      </RadioGroup>
      <p className="hint">
        {speaker.name(`tool.${family.id}.about`, family.description)}{' '}
        {say('app.tool.sizes', {
          known: family.confidence,
          who: speaker.name(`tool.${family.id}.source`, family.measuredBy),
        })}{' '}
        <Sources ids={family.evidence.slice(0, 1)} />
      </p>
      <details>
        <summary>{say('app.tool.measure')}</summary>
        {Object.entries(family.parameters).map(([name, p]) => {
          const { show, read, unit } = asShown(speaker, p, units);
          const [min, max] = allowedRange(p).map(show) as [number, number];
          return (
            <Amount
              key={name}
              label={capitalised(speaker.name(`size.${family.id}.${name}`, p.label))}
              unit={unit}
              value={show(sizes[name] ?? p.value)}
              min={min}
              max={max}
              step={p.unit === '' || max - min > 20 ? 1 : max - min > 5 ? 0.5 : 0.1}
              onChange={(v) => change(slot, { tool: { id: family.id, parameters: { ...sizes, [name]: read(v) } } })}
              hint={p.unit === '' ? undefined : say('app.tool.usual', { low: show(p.low), high: show(p.high) })}
            />
          );
        })}
      </details>
    </div>
  );
}

/** How a size is written: lengths in the chosen unit, angles and counts as they are. */
function asShown({ say }: Speaker, { unit }: ToolParameter, units: Units) {
  const same = (v: number): number => v;
  if (unit === 'deg') return { show: same, read: same, unit: say('app.unit.degrees') };
  if (unit !== 'mm') return { show: same, read: same, unit };
  return {
    show: (mm: number) => (units === 'imperial' ? rounded(smallIn(mm, units), 2) : mm),
    read: (v: number) => mmOf(v, units),
    unit: say('app.unit.small', { units }),
  };
}
