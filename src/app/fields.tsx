import type { ReactNode } from 'react';
import {
  Button,
  Group,
  Input,
  Label,
  NumberField,
  Radio,
  RadioGroup,
  Slider,
  SliderThumb,
  SliderTrack,
} from 'react-aria-components';
import { Icon } from './icons.tsx';
import { useSpeaker } from './use-speaker.ts';

/** As many digits as anybody types: what is shown is what is pressed with. */
const WRITTEN: Intl.NumberFormatOptions = { maximumFractionDigits: 6, useGrouping: false };

/** A number with a unit: typed, stepped with buttons or arrow keys, or drawn along a line. */
export function Amount(props: {
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly hint?: ReactNode;
  /** Without the line to draw along, where room is short. */
  readonly short?: boolean;
}) {
  const { say } = useSpeaker();
  const { label, unit, value, min, max, step, onChange, hint, short } = props;
  const held = Math.min(Math.max(value, min), max);
  return (
    <div className={short === true ? 'amount short' : 'amount'}>
      <NumberField
        incrementAriaLabel={say('app.field.more', { label })}
        decrementAriaLabel={say('app.field.less', { label })}
        className="number"
        value={value}
        step={step}
        // a typed number stays what it is; only the buttons go by steps
        commitBehavior="validate"
        validationBehavior="aria"
        onChange={(v) => Number.isFinite(v) && onChange(v)}
        formatOptions={WRITTEN}
        isWheelDisabled
      >
        <Label>{label}</Label>
        <Group className="box">
          <Button slot="decrement">
            <Icon name="minus" />
          </Button>
          <Input />
          <span className="unit">{unit}</span>
          <Button slot="increment">
            <Icon name="plus" />
          </Button>
        </Group>
      </NumberField>
      {short !== true && (
        <Line
          label={say('app.field.unit', { label, unit })}
          value={held}
          min={min}
          max={max}
          step={step}
          onChange={onChange}
        />
      )}
      {hint !== undefined && <p className="hint">{hint}</p>}
    </div>
  );
}

/** A slider without words of its own. */
export function Line(props: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly onChange: (value: number) => void;
  readonly text?: string;
}) {
  const { label, value, min, max, step, onChange, text } = props;
  return (
    <Slider
      className="line"
      aria-label={label}
      value={value}
      minValue={min}
      maxValue={max}
      step={step}
      onChange={(v) => onChange(v as number)}
    >
      <SliderTrack className="track">
        {({ state }) => (
          <>
            <div className="rail" />
            <div className="filled" style={{ width: `${100 * state.getThumbPercent(0)}%` }} />
            <SliderThumb className="thumb" aria-valuetext={text} />
          </>
        )}
      </SliderTrack>
    </Slider>
  );
}

/** A few words of which one holds. */
export function Choice<T extends string>(props: {
  readonly label: string;
  readonly value: T;
  readonly options: readonly (readonly [T, string])[];
  readonly onChange: (value: T) => void;
  readonly hideLabel?: boolean;
}) {
  const { label, value, options, onChange, hideLabel } = props;
  return (
    <RadioGroup
      className="choice"
      value={value}
      onChange={(v) => onChange(v as T)}
      orientation="horizontal"
      {...(hideLabel === true ? { 'aria-label': label } : {})}
    >
      {hideLabel !== true && <Label>{label}</Label>}
      <div className="options">
        {options.map(([id, name]) => (
          <Radio key={id} value={id} className="option">
            {name}
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
