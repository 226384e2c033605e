#!/bin/sh
# Gates an image in any CI system: oakum gate, with reports beside it. It ends with the gate's exit code.
#
#   OAKUM_TARGET    what is gated: app:1.2, registry:registry.example/app:1.2, docker-archive:app.tar
#   OAKUM_REPORTS   folder of the reports; default: oakum-reports
#   OAKUM_POLICY    policies: a file, a folder or a set; default: starter
#   OAKUM_BASELINE  optional: what was known before, a file or an artifact
#   OAKUM_OUTPUT    optional: teamcity or github-annotations, written to standard output for the CI system
set -eu
: "${OAKUM_TARGET:?names what is gated}"
reports=${OAKUM_REPORTS:-oakum-reports}
mkdir -p "$reports"
set -- "$OAKUM_TARGET" --policy "${OAKUM_POLICY:-starter}" --record "$reports/decision.oakum"
set -- "$@" --report "sarif=$reports/oakum.sarif" --report "junit=$reports/oakum-junit.xml"
set -- "$@" --report "gitlab=$reports/gl-container-scanning-report.json" --report "jenkins=$reports/oakum-issues.json"
set -- "$@" --report "markdown=$reports/oakum.md" --report "html=$reports/oakum.html"
[ -z "${OAKUM_BASELINE:-}" ] || set -- "$@" --baseline "$OAKUM_BASELINE"
[ -z "${OAKUM_OUTPUT:-}" ] || set -- "$@" --report "$OAKUM_OUTPUT=-"
exec ${OAKUM_PROGRAM:-oakum} gate "$@"
