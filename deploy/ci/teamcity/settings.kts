// A build step for a project's Kotlin settings. Service messages make inspections, statistics and the build problem.
import jetbrains.buildServer.configs.kotlin.*
import jetbrains.buildServer.configs.kotlin.buildSteps.script

object OakumGate : BuildType({
    name = "Oakum gate"
    artifactRules = "oakum-reports => oakum-reports"
    params {
        param("env.OAKUM_TARGET", "app:latest")
        param("env.OAKUM_POLICY", "starter")
        param("env.OAKUM_REPORTS", "oakum-reports")
        param("env.OAKUM_OUTPUT", "teamcity")
    }
    steps {
        script {
            name = "Hold policies against the image"
            scriptContent = "deploy/ci/gate.sh"
        }
    }
})
