/** What keeps files from being read or written, English. */
export const NODE_ERRORS = {
  // ---- scans ----
  'error.file.kind': '{what, select, ct{CT file} labels{label file or folder} file{label file} masks{label folder} table{label table} other{folder}}',
  'error.scan.unread': 'The {what} {path} cannot be read: {why, select, missing{there is no such file} forbidden{you are not allowed to read it} folder{it is a folder} large{it is larger than 2 GB} other{{why}}}.',
  'error.scan.folder.one': '{path} is a folder, not a {what}; give the volume in it: {volume}.',
  'error.scan.folder.more': '{path} is a folder, not a {what}; give one of the {n} volumes in it, for example {volume}.',
  'error.scan.folder.none': '{path} is a folder, not a {what}; {dicom, select, yes{it holds DICOM files: } other{}}convert the DICOM series to NIfTI first, for example with dcm2niix, and give the .nii.gz that comes out.',
  'error.scan.no-masks': 'The label folder {folder} holds no .nii or .nii.gz file.',
  'error.scan.only-dicom': 'The label folder {folder} holds no .nii or .nii.gz file, only DICOM files; convert them to NIfTI first, for example with dcm2niix.',
  'error.scan.no-table': 'The label table {path} is neither a file nor a known numbering; the known ones are {known}.',
  'error.scan.missing': 'The {what} {path} is missing: this scenario was computed with the one whose SHA-256 is {wanted}; put that file beside the scenario, or name it with {flags}.',
  'error.scan.other': "The {what} {path} is a different one: this scenario was computed with the one whose SHA-256 is {wanted}, and this one''s is {given}; put the right one beside the scenario, or name this one with {flags}.",
  'error.scan.or': '{first} or {second}',

  // ---- what is written ----
  'error.output.folder': 'The output folder {folder} cannot be written to ({why}); choose another one with -o.',
  'error.output.lost': 'The results could not be written to {folder} ({why}): {what}.',
  'error.output.kept': '{n, plural, =1{it is} other{they are}} in {folder} instead',
  'error.output.not-kept': 'free some space or choose another place with -o, and run it again',
  'error.output.why': '{code}: {reason, select, full{the disk is full} quota{the disk quota is used up} large{the file is larger than this disk allows} fixed{the disk is read-only} other{the disk reports an error}}',
  'error.output.unknown': 'unknown error',

  // ---- what the server of reports answers ----
  'error.serve.unread': 'the file could not be read',
  'error.serve.method': 'this server only serves files: use GET or HEAD',
  'error.serve.host': 'this server is for the computer that it runs on and answers to 127.0.0.1, localhost and [::1] only, not to another host name; a proxy in front of it has to send "Host: localhost"',
  'error.serve.none': 'there is no such file',
  'error.serve.nothing': 'There is no folder {folder} to serve; compute a press first, for example with psoascope start.',
  'error.serve.port': 'Port {port} cannot be used ({code}); choose another one with --port.',
} as const;
