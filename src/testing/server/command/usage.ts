export const USAGE = `Usage: bankside-sandbox [options]

Serves made-up answers of PServer, Enrich and Open Banking, and an event queue with bank connections, on a port of
this machine, to tools and to pages of this machine.

  --port <port>     Where to listen; 0 is any that is free. Without it: 4173, or the next one that is free.
  --host <address>  Default: 127.0.0.1, which only this machine reaches.
  --allowed-host <name>
                    A further name to answer under, such as that of a tunnel. May be given several times. Other names
                    than those of this machine are refused.
  --seed <number>   The same seed gives the same data, and the same chance. Default: 1.
  --latency <ms>    Before every answer; 50-200 is a range. Default: 0.
  --fault <fault>   Something that goes wrong: its kind, then where and how. May be given several times.
                      --fault error,status=503,server=enrich,count=2
                      --fault network,type=getInsights,probability=0.1
  --sync <script>   A bank connection that synchronises whenever a page has subscribed to a queue: the name of a
                    scenario, or random, then how. May be given several times.
                      --sync sms-challenge,speed=10,name=Example Bank
  --script <file>   The same from a JSON file, as an object or a list of them, which may have steps of their own:
                      { "steps": [{ "after": 500, "channel": "EMBEDDED", "event": "AUTH_FAILED" }] }
  --no-cors         Pages on other ports of this machine may not use it.
  --help, --version
`;
