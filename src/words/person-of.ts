import type { Body } from '../body/body.ts';
import { inEnglish } from '../messages/say.ts';
import type { Scenario } from '../press/scenario.ts';

/** Who a result is about: the body, or what was given of the person in a scan. */
export function personOf(
  { scan, body: { height_cm, weight_kg } }: Scenario,
  body: Body,
): { readonly label: string; readonly weight_kg: number | null } {
  if (scan === undefined) return body;
  const sizes = { height: height_cm ?? 0, weight: weight_kg ?? 0 };
  return { label: inEnglish.say('body.scan', sizes), weight_kg: weight_kg ?? null };
}
