#!/usr/bin/env bash
# Instructions per call for each job of benches/instructions.rs, counted by callgrind. Needs valgrind.
#   [TEXTS=ascii|other] benches/instructions.sh [JOB]...
set -euo pipefail
cd "$(dirname "$0")/.."
jobs=("$@")
[ ${#jobs[@]} -gt 0 ] ||
  jobs=(crc parse leaves check list encode khqr khqr-emv khqr-build jpqr jpqr-check jpqr-emv accounts corridor intent intent-fields
    rewrite)
program=$(cargo bench -p emvqr-benches --bench instructions --no-run --message-format=json 2>/dev/null |
  sed -n 's/.*"executable":"\([^"]*instructions-[^"]*\)".*/\1/p' | tail -n 1)
counts=$(mktemp)
trap 'rm -f "$counts"' EXIT
for job in "${jobs[@]}"; do
  calls=$(LD_BIND_NOW=1 valgrind --tool=callgrind --toggle-collect='*measured*' --callgrind-out-file=/dev/null \
    "$program" "$job" ${TEXTS:-} 2> "$counts" | sed -n 's/^calls //p')
  total=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$counts")
  printf '%-12s %6d instructions per call, over %d calls\n' "$job" $((total / calls)) "$calls"
done
