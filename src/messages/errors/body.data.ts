/** What is wrong with who lies there, English. */
export const BODY_ERRORS = {
  'error.body.pregnant': 'the body model does not cover pregnancy, and nothing should press on a pregnant belly: ask a midwife or doctor, or leave pregnant out.',
  'error.body.outside': '{what, select, height{height} weight{weight} waist{waist} other{age}} {got} is outside what the body model covers: give {low} to {high} {unit, select, years{years} other{{unit}}}.',
  'error.body.outside-for': '{what, select, height{height} weight{weight} waist{waist} other{age}} {got} is outside what the body model covers for {who}: give {low} to {high} {unit, select, years{years} other{{unit}}}.',
  'error.body.got': '{value} {unit, select, years{years} other{{unit}}}',
  'error.body.of-height': '{sex, select, female{women} other{men}} of {height} cm',
  'error.body.of-age': '{sex, select, female{women} other{men}} of {height} cm and {age} years',
  'error.body.of-weight': '{sex, select, female{women} other{men}} of {height} cm, {weight} kg and {age} years',
  'error.body.factor': '{field} must be between {low} and {high}, 1 being average',
  'error.body.insert-number': '{what, select, aneurysm{the aneurysm’s diameter} hernia{the hernia’s diameter} cyst{the cyst’s diameter} mass{the mass’s diameter} other{the large bowel’s diameter}} must be a number of millimetres',
  'error.body.insert-size': '{what, select, aneurysm{the aneurysm’s diameter} hernia{the hernia’s diameter} cyst{the cyst’s diameter} mass{the mass’s diameter} other{the large bowel’s diameter}} must be between {low} and {high} mm',
  'error.body.insert-kind': 'an insert’s kind must be one of {kinds}',
  'error.body.inserts': 'at most {n} inserts fit',
  'error.body.number-of': '{what, select, height{height} weight{weight} waist{waist} other{age}} must be a number of {unit, select, cm{centimetres} kg{kilograms} other{years}}',
} as const;
