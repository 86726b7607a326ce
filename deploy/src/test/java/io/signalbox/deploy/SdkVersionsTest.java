package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The SDKs that tests drive are pinned, by hash, and wherever the builder gets packages from. */
class SdkVersionsTest {
  private static final Path NODE = Path.of("sdks", "node");
  private static final Pattern EXACT = Pattern.compile("\\d+\\.\\d+\\.\\d+");
  private static final Pattern JAVA =
      Pattern.compile(
          "<artifactId>([^<]+)</artifactId>\\s+<version>\\d+(?:\\.\\d+)+</version>\\s+</dep");

  private static JsonObject read(String file) throws IOException {
    return new JsonObject(Files.readString(NODE.resolve(file)));
  }

  @Test
  void eachSdkIsOfOneVersion() throws IOException {
    JsonObject wanted = read("package.json").getJsonObject("dependencies");
    JsonObject packages = read("package-lock.json").getJsonObject("packages");
    assertThat(wanted.fieldNames()).contains("twilio", "resend", "@sendgrid/mail");
    for (Map.Entry<String, Object> each : wanted) {
      assertThat(String.valueOf(each.getValue())).as(each.getKey()).matches(EXACT);
      assertThat(packages.getJsonObject("node_modules/" + each.getKey()).getString("version"))
          .isEqualTo(each.getValue());
    }
  }

  @Test
  void soIsEachOfJava() throws IOException {
    String pom = Files.readString(Path.of("sdks", "java", "pom.xml"));
    long wanted = pom.lines().filter(line -> line.contains("<dependency>")).count();
    assertThat(JAVA.matcher(pom).results().map(found -> found.group(1)))
        .hasSize((int) wanted)
        .contains("twilio", "resend-java", "sendgrid-java", "mailgun-java", "postmark");
  }

  @Test
  void theLockHasTheHashOfEachPackageAndNoRegistry() throws IOException {
    JsonObject packages = read("package-lock.json").getJsonObject("packages");
    for (String name : packages.fieldNames()) {
      JsonObject each = packages.getJsonObject(name);
      assertThat(each.containsKey("resolved")).as("%s has an address", name).isFalse();
      assertThat(each.getBoolean("hasInstallScript", false)).as("%s runs a script", name).isFalse();
      if (!name.isEmpty()) {
        assertThat(each.getString("integrity")).as(name).startsWith("sha512-");
      }
    }
    assertThat(Files.exists(NODE.resolve(".npmrc"))).as("a registry of its own").isFalse();
    assertThat(Files.readString(NODE.resolve("package-lock.json")))
        .doesNotContain("registry")
        .doesNotContain("tarball");
  }
}
