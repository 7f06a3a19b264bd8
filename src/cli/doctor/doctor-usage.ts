/** What `bankside doctor --help` prints. */
export const DOCTOR_USAGE = `Usage: bankside doctor --origin <origin> --pserver <address> [options]

Sends your gateway what a page would send, and reports what would fail in a page, why, and which header ends it.
It changes no data: it sends commands that only read, and creates one event queue, which ends after 15 minutes.

  npx bankside doctor --origin https://www.bank.example --pserver https://gateway.bank.example/pserver/execute

  --origin <origin> The origin of your page. An app's page has one too, such as capacitor://localhost; a page from a
                    file has null.

One or more of these addresses:

  --pserver <address>, --enrich <address>, --ob <address>
                    The addresses of the widget's servers, as in the option endpoints of httpTransport.
  --linxo <address> The address of the event queue, as in the option baseUrl of QueuePoller.
  --page <address>  Your page, whose content security policy is checked.

Tokens. Without one, some checks are skipped. No flag takes a token: others can see a command line in the list of
processes, and the shell stores it in its history. Tokens are sent to the addresses above alone, and never printed.

  BANKSIDE_AUTH_TOKEN, BANKSIDE_ACCESS_TOKEN
                    Environment variables: the token of the widget's servers, and that of the event queue.
  --auth-token-command <command>, --access-token-command <command>
                    A command for the shell that prints the token and nothing else. It counts more than the variable.
  --no-auth-token, --no-access-token
                    Your gateway adds the token, as with authToken: false and accessToken: false in the page.

What your page does:

  --header <header> A header that the page adds, such as 'bankId: 42'. Repeatable. It is sent to all servers.
  --header-env <name=variable>
                    The same, with its value in an environment variable. Repeatable.
  --credentials     The page sends cookies: credentials: 'include'. They come from the environment variable
                    BANKSIDE_COOKIE, such as name=value; name=value.

  --timeout <ms>    How long each request may take. Default: 10000.
  --ca <file>       Certificates of your own authority, in PEM.
  --gateway <name>  Shows lines of configuration for nginx, apache, spring, envoy, azure, or all. Default: for the one
                    that the answers name.
  --dry-run         Prints what would be sent, and sends nothing.
  --json            Prints one JSON object: version, origin, findings, checks, summary.
  --no-color        No colours. They are on in a terminal only.
  --help, -h, --version, -v

Exit codes: 0: no error and no warning was found; 1: one was found; 2: wrong use; 130: interrupted by Ctrl-C;
143: ended by SIGTERM.
`;
