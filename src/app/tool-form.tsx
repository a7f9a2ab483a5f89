import { Label, Radio, RadioGroup } from 'react-aria-components';
import { say } from '../messages/say-app.ts';
import { allowedRange, toolFamily } from '../tool/build.ts';
import { TOOL_FAMILIES } from '../tool/catalogue.ts';
import { Amount } from './fields.tsx';
import type { Slot } from './protocol.ts';
import { change } from './session.ts';
import { Sources } from './sources.tsx';
import { ToolPicture } from './tool-picture.tsx';
import { useApp } from './use-store.ts';

/** On what: the tools as pictures, and the sizes of the one that is chosen. */
export function ToolForm({ slot }: { readonly slot: Slot }) {
  const tool = useApp((s) => s[slot].inputs.tool) ?? {};
  const family = toolFamily(tool.id ?? 'two-peak');
  const sizes = tool.parameters ?? {};
  const pick = (id: string): void => {
    // place, pose and load belong to the tool; those of another one would mean something else
    change(slot, { tool: { id }, placement: { preset: 'as-sold' }, pose: undefined, load: undefined });
  };
  return (
    <div className="form">
      <RadioGroup className="tools" value={family.id} onChange={pick} orientation="horizontal">
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
          const [min, max] = allowedRange(p);
          return (
            <Amount
              key={name}
              label={p.label.charAt(0).toUpperCase() + p.label.slice(1)}
              unit={p.unit === 'deg' ? say('app.unit.degrees') : p.unit}
              value={sizes[name] ?? p.value}
              min={min}
              max={max}
              step={p.unit === '' || max - min > 20 ? 1 : 0.5}
              onChange={(v) => change(slot, { tool: { id: family.id, parameters: { ...sizes, [name]: v } } })}
              hint={p.unit === '' ? undefined : say('app.tool.usual', { low: p.low, high: p.high })}
            />
          );
        })}
      </details>
    </div>
  );
}
