import { Label, Radio, RadioGroup } from 'react-aria-components';
import { capitalised } from '../base/text.ts';
import { say } from '../messages/say-app.ts';
import { allowedRange, toolFamily } from '../tool/build.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import type { ToolParameter } from '../tool/tool.ts';
import { withTool } from './entered.ts';
import { Amount } from './fields.tsx';
import type { Slot } from './protocol.ts';
import { change, replace } from './session.ts';
import { Sources } from './sources.tsx';
import { store } from './state.ts';
import { ToolPicture } from './tool-picture.tsx';
import { mmOf, rounded, smallIn, type Units } from './units.ts';
import { useApp } from './use-store.ts';

/** On what: the tools as pictures, and the sizes of the one that is chosen. */
export function ToolForm({ slot }: { readonly slot: Slot }) {
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
        {TOOL_FAMILIES.map(({ id, label }) => (
          <Radio key={id} value={id} className="tool">
            <ToolPicture spec={{ id, parameters: id === family.id ? sizes : {} }} />
            <span>{label}</span>
          </Radio>
        ))}
      </RadioGroup>
      <p className="hint">
        {family.description} {say('app.tool.sizes', { known: family.confidence, who: family.measuredBy })}{' '}
        <Sources ids={family.evidence.slice(0, 1)} />
      </p>
      <details>
        <summary>{say('app.tool.measure')}</summary>
        {Object.entries(family.parameters).map(([name, p]) => {
          const { show, read, unit } = asShown(p, units);
          const [min, max] = allowedRange(p).map(show) as [number, number];
          return (
            <Amount
              key={name}
              label={capitalised(p.label)}
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
function asShown({ unit }: ToolParameter, units: Units) {
  const same = (v: number): number => v;
  if (unit === 'deg') return { show: same, read: same, unit: say('app.unit.degrees') };
  if (unit !== 'mm') return { show: same, read: same, unit };
  return {
    show: (mm: number) => (units === 'imperial' ? rounded(smallIn(mm, units), 2) : mm),
    read: (v: number) => mmOf(v, units),
    unit: say('app.unit.small', { units }),
  };
}
