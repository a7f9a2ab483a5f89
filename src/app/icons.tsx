const PATHS = {
  play: 'M6 4l11 6-11 6z',
  stop: 'M5 5h10v10H5z',
  up: 'M10 4l6 8H4z',
  down: 'M10 16l6-8H4z',
  left: 'M4 10l8-6v12z',
  right: 'M16 10L8 4v12z',
  close: 'M5 5l10 10M15 5L5 15',
  minus: 'M4 10h12',
  plus: 'M4 10h12M10 4v12',
} as const;

/** A small drawing beside or instead of a word; whoever uses it alone names its button. */
export function Icon({ name }: { readonly name: keyof typeof PATHS }) {
  const line = name === 'close' || name === 'minus' || name === 'plus';
  return (
    <svg viewBox="0 0 20 20" width="16" height="16" aria-hidden="true" className="icon">
      <path
        d={PATHS[name]}
        fill={line ? 'none' : 'currentColor'}
        stroke={line ? 'currentColor' : 'none'}
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
