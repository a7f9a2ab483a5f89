/** What is wrong with a result that is read, or with a press that is judged, English. */
export const FINDINGS_ERRORS = {
  'error.result.none': 'this is not a result of Psoascope: it has no findings and no manifest',
  'error.result.newer': 'this result is from a newer version of the program (schemaVersion {version}; this one reads up to {known}); please update',
  'error.result.unread': 'this result cannot be read: {what}',
  'error.press.values': 'the press has {n} values of {field}, but the model has {cells} cells',
  'error.press.not-finite': 'the press holds a {field} that is not a finite number',
} as const;
