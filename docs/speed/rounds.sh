#!/usr/bin/env bash
# Our benchmarks and others' in turn, on one pinned core: docs/speed/rounds.sh FILE ROUNDS NAME ..
# Each line that is added to FILE holds figures of one program in one round; docs/speed/table.py makes tables of it.
#
# PYTHON names a Python that has what the others need, as sb3.py, purejaxrl.py and updates.py say (python3 otherwise),
# PUREJAXRL the folder with the checkouts of purejaxrl, gymnax and chex; without it PureJaxRL is left out. CORE is the
# core (0 otherwise).
set -euo pipefail
[ "$#" -ge 3 ] || { echo "rounds.sh: expected FILE ROUNDS NAME .., got $# words" >&2; exit 2; }
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
file=$1 rounds=$2
shift 2
export OMP_NUM_THREADS=1

pinned() { taskset -c "${CORE:-0}" "$@" | grep '^{' >>"$file"; }

other() { pinned "${PYTHON:-python3}" "$here/$@"; }

for round in $(seq "$rounds"); do
  for name in "$@"; do
    echo "$(date +%T) round $round of $rounds: $name, load $(cut -d ' ' -f 1 /proc/loadavg)" >&2
    pinned "$here/../../retort" bench "$name" --json
    case "$name" in
      architectures | acting | distill-ensemble) other updates.py "$name" ;;
      *)
        other sb3.py "$name"
        case "$name" in ppo-*) [ -z "${PUREJAXRL:-}" ] || other purejaxrl.py "$PUREJAXRL" "$name" ;; esac
        ;;
    esac
  done
done
