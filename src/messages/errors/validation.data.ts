/** What is said where a check is asked for that there is not, English. */
export const VALIDATION_ERRORS = {
  'error.check.none': 'there is no check called {id}; they run from {first} to {last}.',
} as const;
