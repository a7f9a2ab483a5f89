/**
 * Scenario `number` of a seed as a file would have it: body, tool of any family with sizes over their range, preset or place, pose, tone, share of
 * body weight; no ranges.
 * @param seededRandom the package's own, so that the caller chooses which build
 */
export function randomScenario(seed, number, families, seededRandom) {
  const random = seededRandom((seed * 1_000_003 + number) >>> 0);
  const pick = (list) => list[Math.floor(random() * list.length)];
  const between = (low, high) => low + random() * (high - low);
  const round = (v, to = 1) => Math.round(v / to) * to;
  const sex = pick(['female', 'male']);
  const height_cm = round(sex === 'female' ? between(150, 180) : between(160, 195));
  // BMI 19…32: what scaling one reference adult can stand for
  const weight_kg = round(between(19, 32) * (height_cm / 100) ** 2);
  const family = pick(families);
  const parameters = {};
  for (const [name, p] of Object.entries(family.parameters))
    if (random() < 0.5)
      parameters[name] = p.unit === '' ? Math.round(between(p.low, p.high)) : round(between(p.low, p.high), 0.1);
  const placement =
    random() < 0.5
      ? { preset: pick(Object.keys(family.presets)) }
      : { x_mm: round(between(-110, 110)), y_mm: round(between(-40, 110)) };
  return {
    body: { sex, height_cm, weight_kg, age: 40 },
    tool: { id: family.id, parameters },
    placement,
    pose: pick(['prone', 'supine', 'side']),
    tone: pick(['relaxed', 'guarded']),
    load: { bodyWeightShare: round(between(0.05, 1), 0.01) },
    uncertainty: 0,
  };
}
