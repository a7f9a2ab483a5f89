/** What this is and what it is not; on every page. */
export function Footer() {
  return (
    <footer className="foot">
      <p>
        Psoascope is educational and research software. It shows what a computer model of a generic trunk, built from
        published measurements of many people, predicts when an object presses on a belly. It does not measure you,
        diagnose, foretell injury or recommend treatment, and it never says that a press is all right for you. Ask a
        clinician who can examine you.
      </p>
      <p>
        Everything is computed on this device. Nothing is sent, nothing is stored, nobody counts you.{' '}
        <span className="version">Version {__VERSION__}</span>
      </p>
    </footer>
  );
}

declare const __VERSION__: string;
