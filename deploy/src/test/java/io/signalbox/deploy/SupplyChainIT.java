package io.signalbox.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What the distribution says of its jars is what it ships, and nothing else is shipped. A build
 * without a network makes no bill of materials; then what was agreed on is compared alone.
 */
class SupplyChainIT {
  /** As it stands in the sources, from where it is shipped. */
  private static final Path LIST = Path.of("distribution", "THIRD-PARTY.txt");

  private static final String OURS = "io.signalbox";
  private static final Pattern SHA_256 = Pattern.compile("    [0-9a-f]{64}");
  private static final String HINT =
      "if the change is wanted, run with a network and -Dsignalbox.docs.update=true";

  /** Licences under which others' jars may be shipped; of several offered one is enough. */
  private static final Set<String> ALLOWED =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-1.0",
          "EPL-2.0",
          "CC0-1.0");

  /** Names that are no SPDX identifiers, and whose identifiers the plugin does not find. */
  private static final Map<String, String> OTHER_NAMES =
      Map.of("The (New) BSD License", "BSD-3-Clause");

  private static final String HEAD =
      """
      Signalbox itself is under Apache-2.0 (LICENSE). With it come these jars of others, each with its licences
      (where there are several, one may be chosen) and the SHA-256 of the jar. sbom.cdx.json has more of them.

      """;

  @Test
  void theBillOfMaterialsListsExactlyTheJarsThatAreShipped() throws Exception {
    Map<String, String> shipped = shipped("lib", "plugins");
    Map<String, String> listed = new TreeMap<>();
    for (JsonObject component : components()) {
      String name = component.getString("name");
      assertThat(listed.put(hash(component), name)).as(name).isNull();
      assertThat(component.getString("purl")).as(name).startsWith("pkg:maven/");
    }
    assertThat(listed.keySet()).as(listed + " " + shipped).isEqualTo(shipped.keySet());
    assertThat(shipped).hasSizeGreaterThan(60);
  }

  @Test
  void eachJarOfOthersIsOneThatWasAgreedOn() throws Exception {
    Map<String, String> shipped = shipped("lib");
    shipped.values().removeIf(name -> name.startsWith("signalbox-"));
    Set<String> agreed = new TreeSet<>();
    for (String line : Files.readAllLines(LIST)) {
      if (SHA_256.matcher(line).matches()) {
        agreed.add(line.trim());
      }
    }
    assertThat(agreed).as("%s; %s", shipped, HINT).isEqualTo(shipped.keySet());
    assertThat(Distribution.home().resolve("THIRD-PARTY.txt")).exists();
  }

  @Test
  void whatIsShippedForAuthorsOfPluginsIsOurOwn() throws Exception {
    assertThat(files(Distribution.home().resolve("sdk"), ".jar"))
        .isNotEmpty()
        .allSatisfy(jar -> assertThat(jar.getFileName().toString()).startsWith("signalbox-"));
  }

  @Test
  void eachJarOfOthersIsUnderALicenceThatIsAllowed() throws Exception {
    for (JsonObject component : components()) {
      assertThat(licences(component))
          .as("licences of " + coordinates(component) + "; if one is right, add it to ALLOWED")
          .anyMatch(ALLOWED::contains);
    }
  }

  @Test
  void versionsAndHashesAreThoseThatWereAgreedOn() throws Exception {
    Set<String> lines = new TreeSet<>();
    for (JsonObject component : components()) {
      if (!component.getString("group").equals(OURS)) {
        lines.add(
            coordinates(component)
                + "\n    "
                + String.join(", ", licences(component))
                + "\n    "
                + hash(component));
      }
    }
    String list = HEAD + String.join("\n", lines) + "\n";
    if (Boolean.getBoolean("signalbox.docs.update")) {
      Files.writeString(LIST, list);
    } else {
      assertThat(LIST).as(HINT).hasContent(list);
    }
  }

  private static List<JsonObject> components() throws IOException {
    Path file = Distribution.home().resolve("sbom.cdx.json");
    assumeThat(file).as("a build without a network makes none").exists();
    JsonObject bom = new JsonObject(Files.readString(file));
    assertThat(bom.getString("bomFormat")).isEqualTo("CycloneDX");
    return bom.getJsonArray("components").stream().map(JsonObject.class::cast).toList();
  }

  private static Map<String, String> shipped(String... folders) throws Exception {
    Map<String, String> shipped = new TreeMap<>();
    for (String folder : folders) {
      for (Path jar : files(Distribution.home().resolve(folder), ".jar")) {
        shipped.put(sha256(jar), jar.getFileName().toString());
      }
    }
    return shipped;
  }

  private static String coordinates(JsonObject component) {
    String purl = component.getString("purl");
    int classifier = purl.indexOf("classifier=");
    return component.getString("group")
        + ":"
        + component.getString("name")
        + ":"
        + component.getString("version")
        + (classifier < 0 ? "" : ":" + purl.substring(classifier + 11).split("&", 2)[0]);
  }

  private static Set<String> licences(JsonObject component) {
    Set<String> found = new TreeSet<>();
    for (Object each : component.getJsonArray("licenses")) {
      JsonObject choice = (JsonObject) each;
      JsonObject licence = choice.getJsonObject("license");
      String named =
          licence == null
              ? choice.getString("expression")
              : licence.getString("id", licence.getString("name"));
      found.add(OTHER_NAMES.getOrDefault(named, named));
    }
    return found;
  }

  private static String hash(JsonObject component) {
    return component.getJsonArray("hashes").stream()
        .map(JsonObject.class::cast)
        .filter(hash -> hash.getString("alg").equals("SHA-256"))
        .findFirst()
        .orElseThrow()
        .getString("content");
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static String sha256(Path file) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    return HexFormat.of().formatHex(digest);
  }
}
