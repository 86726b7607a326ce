#!/bin/bash
# Runs the micro-benchmarks of a module with JMH: micro.sh [module] [JMH options]
#   deploy/bench/micro.sh scoring SelectionBenchmark -prof gc
#   deploy/bench/micro.sh gateway SealBenchmark
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
module=${1:-scoring}
shift || true
cd "$root"
# Compiled without the profile, they lack the list of benchmarks, and would not be compiled again.
rm -rf "$module/target/test-classes"
# In one run, in which modules find each other; nothing is installed.
mvn -B -q -Dchecks.skip -Pbench -pl "$module" -am test-compile dependency:build-classpath \
  -Dmdep.outputFile=target/bench.classpath -Dmdep.includeScope=test
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$root/$module/target/test-classes:$root/$module/target/classes:$(cat "$module/target/bench.classpath")" \
  org.openjdk.jmh.Main "$@"
