# What the action runs: certifies the targets, and writes the reports, the annotations, the summary and the outputs.
# Words of TARGETS and OPTIONS are separated by blanks; a single target also gets a JSON report, a badge and a baseline.
set -uo pipefail

PATH="$RUNNER_TEMP/greenroom/bin:$PATH"
read -r -a targets <<<"$TARGETS"
read -r -a options <<<"$OPTIONS"
words=(certify "${targets[@]}" --crm "$CRM" --level "$LEVEL" "${options[@]}" --report github)
words+=(--report "$REPORTS/greenroom.sarif" --report "$REPORTS/greenroom.xml" --report "$REPORTS/greenroom.html")
if [ "${#targets[@]}" -eq 1 ]; then
  words+=(--report "$REPORTS/greenroom.json" --report "badge:$REPORTS/badge.json")
  [ -n "$BASELINE" ] && words+=(--baseline "$BASELINE")
elif [ -n "$BASELINE" ]; then
  echo "greenroom: a baseline is about one target; use the action once for each" >&2
  exit 2
fi

greenroom "${words[@]}"
code=$?

if [ -f "$REPORTS/greenroom.json" ]; then
  python - "$REPORTS/greenroom.json" >>"$GITHUB_OUTPUT" <<'PYTHON'
import json, sys
report = json.load(open(sys.argv[1], encoding="utf-8"))
print(f"verdict={report['verdict']}\nlevel={report['reached']}")
PYTHON
else
  case $code in 0) verdict=certified ;; 1) verdict=not-certified ;; *) verdict=errored ;; esac
  echo "verdict=$verdict" >>"$GITHUB_OUTPUT"
fi
exit "$code"
