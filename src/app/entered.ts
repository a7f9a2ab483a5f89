import { kgOfNewtons } from '../base/units.ts';
import { type Body, resolveBody } from '../body/body.ts';
import { bodySpecSchema } from '../body/spec.ts';
import { forceOf } from '../press/force-of.ts';
import { parseScenario } from '../press/parse-scenario.ts';
import type { Scenario } from '../press/scenario.ts';
import { toolFamily } from '../tool/build.ts';
import type { ToolFamily } from '../tool/tool.ts';
import type { Inputs } from './state.ts';

/** What the forms show of a press: what was entered, and where nothing was, what will be pressed with. */
export interface Entered
  extends Pick<Scenario, 'pose' | 'load' | 'tone' | 'contents' | 'contract' | 'rate_s' | 'hold_s'> {
  readonly family: ToolFamily;
  /** The whole push. */
  readonly newtons: number;
  readonly kg: number;
}

/** Read off the very defaults that the scenario gets, so that a form cannot show anything else than what is sent. */
export function entered(inputs: Inputs): Entered {
  const family = toolFamily(inputs.tool?.id ?? 'two-peak');
  const usual = parseScenario({ tool: { id: family.id } });
  const load = inputs.load ?? usual.load;
  const newtons = forceOf(load, { weight_kg: inputs.body?.weight_kg ?? resolvedBody(inputs.body).weight_kg });
  return {
    family,
    load,
    newtons,
    kg: kgOfNewtons(newtons),
    pose: inputs.pose ?? usual.pose,
    tone: inputs.tone ?? usual.tone,
    contents: inputs.contents ?? usual.contents,
    contract: inputs.contract,
    rate_s: inputs.rate_s ?? usual.rate_s,
    hold_s: inputs.hold_s ?? usual.hold_s,
  };
}

/** The body with every measure filled in; where what was entered does not fit together, the typical one of that sex. */
export function resolvedBody(body: Inputs['body'] = {}): Body {
  try {
    return resolveBody(bodySpecSchema.parse(tidy(body)));
  } catch {
    return resolveBody(bodySpecSchema.parse({ sex: body.sex === 'male' ? 'male' : 'female' }));
  }
}

/** Another tool in its usual place. Place, pose, load and sizes belong to the tool; those of another one would mean something else. */
export function withTool({ pose: _, load: __, ...inputs }: Inputs, id: string): Inputs {
  return { ...inputs, tool: { id }, placement: { preset: 'as-sold' } };
}

/** What is entered, without keys that hold nothing; the same object where there are none. */
export function tidy<T extends object>(inputs: T): T {
  const held = Object.entries(inputs).filter(([, value]) => value !== undefined);
  return held.length === Object.keys(inputs).length ? inputs : (Object.fromEntries(held) as T);
}
