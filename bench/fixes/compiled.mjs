/**
 * SDKs whose programs are compiled first: Kotlin from Maven Central, and Rust from crates.io.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function run(command, args, cwd) {
  execFileSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], maxBuffer: 1e8 });
}

function jars(folder, ...artifacts) {
  mkdirSync(folder, { recursive: true });
  const items = artifacts.map(([groupId, artifactId, version]) => `<dependency><groupId>${groupId}</groupId><artifactId>${artifactId}</artifactId><version>${version}</version></dependency>`); // prettier-ignore
  const pom = `<project><modelVersion>4.0.0</modelVersion><groupId>x</groupId><artifactId>x</artifactId><version>1</version><dependencies>${items.join('')}</dependencies></project>`;
  writeFileSync(join(folder, 'pom.xml'), pom);
  run('mvn', ['-q', '-B', 'dependency:copy-dependencies', '-DoutputDirectory=jars'], folder);
}

const COMPILER = 'org.jetbrains.kotlin.cli.jvm.K2JVMCompiler';

/** `compiler` is the version of Kotlin that the SDK was built with. */
export function kotlin(version, compiler) {
  return {
    install(folder) {
      jars(folder, ['aws.sdk.kotlin', 'sts-jvm', version], ['org.slf4j', 'slf4j-nop', '2.0.16']);
      jars(join(folder, 'kotlin'), ['org.jetbrains.kotlin', 'kotlin-compiler-embeddable', compiler]); // prettier-ignore
    },
    file: 'caller.kt',
    program: (snippet) => `import aws.sdk.kotlin.services.sts.StsClient\nimport aws.sdk.kotlin.services.sts.getCallerIdentity\nimport kotlinx.coroutines.runBlocking\nfun main() = runBlocking {\n    ${snippet ?? 'val sts = StsClient.fromEnvironment()'}\n    sts.getCallerIdentity()\n    Unit\n}\n`, // prettier-ignore
    language: 'kotlin',
    command: (_folder, file) => ['sh', '-c', `java -cp 'kotlin/jars/*' ${COMPILER} -no-stdlib -no-reflect -cp "$(ls jars/*.jar | tr '\\n' ':')" -d out "$0" && java -cp 'out:jars/*' CallerKt`, file], // prettier-ignore
    isJava: true,
  };
}
