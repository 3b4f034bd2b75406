#!/usr/bin/env bash
# Instructions per call for each job of benches/instructions.rs, counted by callgrind. Needs valgrind.
#   [TEXTS=ascii|other] benches/instructions.sh [JOB]...
#   benches/instructions.sh --check      against benches/counts.txt: fails if a job takes over 2 % more
#   benches/instructions.sh --commit     writes benches/counts.txt
set -euo pipefail
cd "$(dirname "$0")/.."
counts=benches/counts.txt
compiler=$(rustc -V | cut -d' ' -f2)
mode=print
case "${1:-}" in --check | --commit) mode=${1#--} && shift ;; esac
jobs=("$@")
[ ${#jobs[@]} -gt 0 ] ||
  jobs=(crc parse leaves check list encode khqr khqr-emv khqr-build jpqr jpqr-build jpqr-check jpqr-emv accounts network code intent intent-fields
    rewrite)
program=$(cargo bench -p emvqr-benches --bench instructions --no-run --message-format=json 2>/dev/null |
  sed -n 's/.*"executable":"\([^"]*instructions-[^"]*\)".*/\1/p' | tail -n 1)
output=$(mktemp)
trap 'rm -f "$output"' EXIT

# Sets `calls` and `count`.
count() {
  calls=$(LD_BIND_NOW=1 valgrind --tool=callgrind --toggle-collect='*measured*' --callgrind-out-file=/dev/null \
    "$program" "$1" ${TEXTS:-} 2> "$output" | sed -n 's/^calls //p')
  count=$(($(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$output") / calls))
}

case $mode in
print)
  for job in "${jobs[@]}"; do
    count "$job"
    printf '%-13s %6d instructions per call, over %d calls\n' "$job" "$count" "$calls"
  done
  ;;
commit)
  {
    echo "# Instructions per call, by benches/instructions.sh --commit"
    echo "rustc $compiler"
    for job in "${jobs[@]}"; do count "$job" && echo "$job $count"; done
  } > "$counts.new"
  mv "$counts.new" "$counts"
  cat "$counts"
  ;;
check)
  known=$(sed -n 's/^rustc //p' "$counts")
  # Another compiler makes other code: the figures say nothing about the change then.
  [ "$known" = "$compiler" ] || { echo "skipped: the figures are of rustc $known, this is $compiler"; exit 3; }
  slower=()
  while read -r job expected; do
    count "$job"
    printf '%-13s %6d, committed %6d\n' "$job" "$count" "$expected"
    [ $((count * 100)) -le $((expected * 102)) ] || slower+=("$job")
    [ $((count * 102)) -ge $((expected * 100)) ] || echo "$job is faster by over 2 %: commit its new figure"
  done < <(grep -v -e '^#' -e '^rustc' "$counts")
  [ ${#slower[@]} -eq 0 ] || { echo "over 2 % slower: ${slower[*]}"; exit 1; }
  ;;
esac
