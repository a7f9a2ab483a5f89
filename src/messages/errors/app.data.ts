/** What is wrong with a file that is opened in the app, English. */
export const APP_ERRORS = {
  'error.app.not-saved': '{file} is not JSON; choose a result that was saved here, or a scenario file.',
} as const;
