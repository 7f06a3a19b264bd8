export const USAGE = `Usage: bankside <command> [options]

  sandbox   Serves made-up answers of the widget's servers and an event queue, for pages and tools on this machine.
  doctor    Sends your gateway what a page would send, and reports what would fail in a page, and why.

  npx bankside sandbox --help
  npx bankside doctor --help

  --help, -h     This text; after a command, the options of the command.
  --version, -v  The version of the package.
  --json         After a command: one JSON object in the place of words. An error is
                 { "error": { "message": "…", "exitCode": 2 } }.
  --no-color     No colours. Without it, they are on in a terminal only. NO_COLOR turns them off, FORCE_COLOR on.

Exit codes:
  0    All is fine. The sandbox was ended by Ctrl-C.
  1    It failed, or the doctor has found an error or a warning.
  2    It was called with a command or an option that does not fit.
  130  The doctor was interrupted by Ctrl-C.
`;
