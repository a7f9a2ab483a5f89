/** What keeps pictures from being shown or saved, English. */
export const VIEW_ERRORS = {
  'error.view.no-3d': 'this browser shows no 3-D pictures (WebGL 2 is missing or switched off): use another browser, or read the tables.',
  'error.view.no-picture': 'the picture could not be saved: the browser gave no image back.',
} as const;
