# The leash: runs a command for an owner and stops it when the owner is gone, however it went.
# Arguments: log file, signal for a proper stop, seconds of grace, command…
# Standard input is a pipe whose other end only the owner holds: end of file means "stop now".
# The first line of standard output is the command's process id; the exit code is the command's.
log=$1 signal=$2 grace=$3
shift 3
trap '' HUP INT PIPE
exec 3<&0 </dev/null
"$@" 3<&- >>"$log" 2>&1 &
child=$!
echo "$child"
{
  while read -r _ <&3; do :; done
  kill -s "$signal" "$child"
  while [ "$grace" -gt 0 ] && kill -0 "$child"; do
    sleep 1
    grace=$((grace - 1))
  done
  kill -s KILL "$child"
} >/dev/null 2>&1 &
watcher=$!
trap 'kill -s "$signal" "$child"' TERM
# A trapped signal ends `wait` early, so wait until the child is really gone.
while wait "$child"; code=$?; kill -0 "$child" 2>/dev/null; do :; done
kill "$watcher" 2>/dev/null
exit "$code"
