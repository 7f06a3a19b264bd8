import { ANSWERS } from '../../testing/server/answers-path.ts';

export function usageOn(platform: NodeJS.Platform): string {
  return `${USAGE}${answerLines('http://127.0.0.1:4173', platform)}`;
}

/** No character of the line needs quotes, in any shell. In Windows PowerShell, `curl` alone is another command. */
export function answerLines(url: string, platform: NodeJS.Platform): string {
  return `
When a connection asks the user for something, such as a code, type this in another terminal to do it:

  ${platform === 'win32' ? 'curl.exe' : 'curl'} -X POST ${url}${ANSWERS}
`;
}

const USAGE = `Usage: bankside sandbox [options]

Serves made-up answers of PServer, Enrich and Open Banking, and an event queue with bank connections, on a port of
this machine, for pages and tools on this machine. It prints the addresses for your page. Ctrl-C ends it.
It needs msw 2 in your project: npm install -D msw@2

  npx bankside sandbox
  npx bankside sandbox --seed 7 --sync sms-challenge

  --port <port>     The port; 0: any free port. Default: 4173, or the next free port.
  --host <address>  Default: 127.0.0.1, which only this machine can reach.
  --allowed-host <name>
                    A further name that it answers to, such as the name of a tunnel. Repeatable. Names that are
                    neither allowed nor of this machine are refused.
  --seed <number>   The same seed gives the same data and the same random faults. Default: 1.
  --latency <ms>    The delay of every answer; 50-200 is a range. Default: 0.
  --fault <fault>   A fault: its kind, then its fields. Repeatable.
                      --fault error,status=503,server=enrich,count=2
                      --fault network,type=getInsights,probability=0.1
                    Kinds: slow, error, never, twice, late, garbage, network, stale-token, base64; of the event
                    queue: lost, silently-lost, truncated, duplicate, malformed, burst, gone.
  --sync <scenario> A bank connection that synchronises when a page has subscribed to a queue: the name of a
                    scenario, or random, then its fields. Repeatable.
                      --sync sms-challenge,speed=10,name=Example Bank
                    Scenarios: success, partial-success, one-channel-ahead, one-channel-empty, one-channel-closed,
                    documents-example. These ask the user for something: sms-challenge, credentials-refused,
                    consent-expired, password-change, user-action. A later page, or a reload, gets the events up to
                    then. It starts the synchronisation again only if it has ended and asks the user for nothing.
  --script <file>   The same from a JSON file with an object or a list of objects. They may contain steps:
                      { "steps": [{ "after": 500, "channel": "EMBEDDED", "event": "AUTH_FAILED" }] }
  --replay <file>   Answers as in a recording that was saved by the inspector or by record().
  --no-cors         Forbids pages on other ports of this machine.
  --json            Prints the addresses as one line of JSON, for a script that waits for it. If it cannot start, it
                    prints one line too: { "error": { "message": "Port 4173 is taken.", "exitCode": 1 } }
  --no-color        No colours.
  --help, --version

Exit codes: 0: ended by Ctrl-C or SIGTERM; 1: it could not start; 2: it was called with wrong options.
`;
