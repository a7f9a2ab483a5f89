/** Whether the scene stands above the words of the story and not beside them: the same question as in app.css. */
export const stacked = (): boolean =>
  matchMedia('(max-width: 559px), (max-width: 1100px) and (orientation: portrait)').matches;
