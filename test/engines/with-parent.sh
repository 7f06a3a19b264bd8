#!/bin/sh
# Runs $PROGRAM so that the kernel ends it with the process that started it, even if that one is killed and cannot tidy up.
exec setpriv --pdeathsig KILL "$PROGRAM" "$@"
