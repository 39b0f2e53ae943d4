#!/usr/bin/env bash
# Installs what the tests need and the machine lacks, runs every test, and ends with "N passed, N failed, N skipped".
set -euo pipefail
cd "$(dirname "$0")/.."

step() { printf '\n== %s\n' "$1"; }

install_packages() {
    local missing=()
    command -v chromium > /dev/null || missing+=(chromium)
    command -v tesseract > /dev/null || missing+=(tesseract-ocr)
    [ "${#missing[@]}" -eq 0 ] && return
    if ! command -v apt-get > /dev/null; then
        echo "Install ${missing[*]} by hand to run the tests that need it; they are skipped now."
        return
    fi
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo)
    "${root[@]}" apt-get update -qq
    DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq "${missing[@]}" > /dev/null
}

step "What the tests need"
install_packages

step "Build"
dotnet build DextSage.sln -c Release --nologo -v quiet

report=$(mktemp)
trap 'rm -f "$report"' EXIT
passed=0 failed=0 skipped=0

# Runs some of the tests and adds up the runner's own summary:
# "DextSage.Tests  Total: 1, Errors: 0, Failed: 0, Skipped: 0, Not Run: 0, Time: 0.2s". The counts decide, and a run without them has failed; the runner's
# own exit code also minds a thread that outlives the last test by ten seconds, which says nothing of any test.
run() {
    dotnet DextSage.Tests/bin/Release/net10.0/DextSage.Tests.dll -noColor "$@" 2>&1 | tee "$report" || true
    local summary
    summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+' "$report" | tail -n 1) || { echo "The tests did not come to their end."; exit 1; }
    number() { printf '%s' "$summary" | sed -E "s/.*$1: ([0-9]+).*/\1/"; }
    local bad=$(($(number Failed) + $(number Errors))) left=$(($(number Skipped) + $(number 'Not Run')))
    failed=$((failed + bad)) skipped=$((skipped + left)) passed=$((passed + $(number Total) - bad - left))
}

step "Test"
run -namespace- DextSage.Tests.Browser -namespace- DextSage.Tests.Simulation

# As many schedules at a time as there are processors: it has the machine to itself.
step "Play the simulation"
run -namespace DextSage.Tests.Simulation

# A browser on a machine that is busy with everything else would be judged by its patience.
step "Test in a real browser"
run -namespace DextSage.Tests.Browser

printf '\n%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
[ "$failed" -eq 0 ]
