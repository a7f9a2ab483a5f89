/** What is wrong with a scenario, and what keeps a press from beginning, English. */
export const PRESS_ERRORS = {
  // ---- a scenario ----
  'error.press.newer': 'this scenario is from a newer version of the program (schemaVersion {version}; this one reads up to {known}), please update',
  'error.press.version': 'schemaVersion must be 1 to {known}',
  'error.press.scan': 'a scan needs a CT file, a label file or both',
  'error.press.label-table': 'a label table names the numbers of a label volume, so it needs labels',
  'error.press.load': 'load must be one of force_N (up to 2000), mass_kg (up to 200) or bodyWeightShare (up to 1), and more than 0',
  'error.press.placement': 'placement must be a preset name or both x_mm and y_mm',
  'error.press.presses': 'uncertainty must be a whole number of presses',

  // ---- a press ----
  'error.press.no-place': '{tool} has no place called "{place}"; use one of {known}, or X,Y in millimetres.',
  'error.press.cut-off': 'the scan cuts the body off where the tool would stand, so there is no skin to press on: put it where the scan shows skin.',
  'error.press.no-skin': 'there is no skin at X = {x}, Y = {y} mm; this body reaches from X = {left} to {right} and from Y = {low} to {high} mm.',
  'error.press.no-load': 'the load must be more than 0 N, not {got}.',
  'error.press.twin-nowhere': 'no step of this press has converged, so there is no push for other programs to repeat.',
  'error.press.twin-oblique': 'other programs get presses that go straight into the front of the body only (prone or supine); this one goes in at an angle.',
  'error.press.twin-slides': 'other programs get presses in which nothing slides and nothing has fibres; ask for this one without them.',
  'error.press.twin-contracts': 'other programs get presses in which no muscle contracts; ask for this one with psoas and belly relaxed.',
  'error.press.no-muscle': '{side, select, left{the left psoas} right{the right psoas} other{the psoas}} cannot contract, because this scan does not show it from end to end: above, a vertebra, a disc or the hip bone beside it (or the upper edge of the scan), below, the thigh bone (or the lower edge of the scan). Give labels of the iliopsoas of both sides, the vertebrae, the hip bones and the thigh bones, or leave the contraction out.',
  'error.press.nothing-slides': 'nothing in this scan is known to hang in the belly, so nothing can slide: give labels of the bowel, or choose contents that are stuck, between or free.',
  'error.press.no-wall': 'the belly cannot be tensed, because this scan shows no muscle of its wall: give labels of the obliques and the rectus abdominis (task abdominal_muscles of TotalSegmentator), or leave the belly relaxed.',
  'error.press.no-bone': 'hardly any bone was found behind the tool ({area} cm² across the body; a vertebra has about 12), so nothing would hold the body against the push: give labels of the vertebrae and hip bones, or a CT in Hounsfield units that shows them.',
} as const;
