// A step of a shared library: oakumGate(target: 'app:1.2', policy: 'policies/', baseline: 'baseline.json')
// Results are shown by the plug-ins warnings-ng (tool issues()) and junit.
def call(Map asked) {
    int code = 0
    withEnv([
        "OAKUM_TARGET=${asked.target}",
        "OAKUM_POLICY=${asked.get('policy', 'starter')}",
        "OAKUM_BASELINE=${asked.get('baseline', '')}",
        'OAKUM_REPORTS=oakum-reports',
    ]) {
        writeFile file: 'oakum-gate.sh', text: libraryResource('gate.sh')
        code = sh(script: 'sh oakum-gate.sh', returnStatus: true)
    }
    recordIssues enabledForFailure: true, tool: issues(pattern: 'oakum-reports/oakum-issues.json', name: 'Oakum')
    junit allowEmptyResults: true, testResults: 'oakum-reports/oakum-junit.xml'
    archiveArtifacts allowEmptyArchive: true, artifacts: 'oakum-reports/**'
    if (code == 2) {
        unstable('Oakum could not judge everything; see the report')
    } else if (code != 0) {
        error("Oakum refused the image (${code}); see the report")
    }
}
