/** What is said where an evidence row is asked for that there is not, English. */
export const EVIDENCE_ERRORS = {
  'error.evidence.form': "there is no evidence row ''{id}''; ids are a letter and a number such as H-20, and the letters are {groups}",
  'error.evidence.near': "there is no evidence row ''{id}''; did you mean {near}?",
} as const;
