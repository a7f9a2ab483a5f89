/** What is said where a check is asked for that there is not, English. */
export const VALIDATION_ERRORS = {
  'error.check.none': 'there is no check called "{id}"; they run from {first} to {last}.',
  'error.check.blank': 'one of the checks asked for has no id: write them as {first},{second}, with no comma before the first or after the last.',
} as const;
