package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderFileReaderTest {
  @TempDir Path temp;
  private final Map<String, String> environment = Map.of("KEY", "k-1", "WEIGHT", "5", "EMPTY", "");
  private final ProviderFileReader reader =
      new ProviderFileReader(
          name -> Optional.ofNullable(environment.get(name)),
          name ->
              name.equals("sandbox:mail.url")
                  ? Optional.of("http://127.0.0.1:1")
                  : Optional.empty());

  private ProviderFileContent read(String text) throws IOException {
    return reader.read(Files.writeString(temp.resolve("mail-eu.yaml"), text));
  }

  private List<String> problems(String text) throws IOException {
    return read(text).problems().stream()
        .map(problem -> problem.key() + ": " + problem.expected())
        .toList();
  }

  private JsonObject config(String text) throws IOException {
    return read("plugin: mail\nconfig:\n" + text.indent(2)).definition().config();
  }

  @Test
  void fillsInTheDefaults() throws IOException {
    ProviderDefinition definition = read("plugin: mail\n").definition();
    assertThat(definition.id()).isEqualTo("mail-eu");
    assertThat(definition.plugin()).isEqualTo("mail");
    assertThat(definition.priority()).isEqualTo(1);
    assertThat(definition.weight()).isEqualTo(100);
    assertThat(definition.channels()).isEmpty();
    assertThat(definition.limits()).isEqualTo(new ProviderLimits(64, true, 0, 1));
    assertThat(definition.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(definition.config()).isEqualTo(new JsonObject());
    assertThat(definition.fingerprint()).hasSize(64);
  }

  @Test
  void readsEveryKey() throws IOException {
    ProviderFileContent content =
        read(
            """
            plugin: mail
            priority: 2
            weight: 7
            channels: [email, sms]
            max_concurrent: 10000
            adaptive_concurrency: false
            max_per_second: 2.5
            burst: 20
            price: 0.0075
            account: main-eu
            timeout: 50ms
            enabled: true
            config:
              api_key: k
            """);
    assertThat(content.problems()).isEmpty();
    ProviderDefinition definition = content.definition();
    assertThat(definition.priority()).isEqualTo(2);
    assertThat(definition.weight()).isEqualTo(7);
    assertThat(definition.channels()).containsExactlyInAnyOrder(Channel.EMAIL, Channel.SMS);
    assertThat(definition.limits()).isEqualTo(new ProviderLimits(10_000, false, 2.5, 20));
    assertThat(definition.price()).isEqualTo(0.0075);
    assertThat(definition.account()).isEqualTo("main-eu");
    assertThat(definition.timeout()).isEqualTo(Duration.ofMillis(50));
    assertThat(definition.config().getString("api_key")).isEqualTo("k");
  }

  @Test
  void aRateThatNamesNoBurstMayBeginASecondsWorthAtOnce() throws IOException {
    assertThat(read("plugin: mail\nmax_per_second: 50\n").definition().limits().burst())
        .isEqualTo(50);
    assertThat(read("plugin: mail\nmax_per_second: 0.2\n").definition().limits().burst())
        .isEqualTo(1);
  }

  @Test
  void aPriceThatIsNotGivenIsNotKnownAndOneOfNothingIs() throws IOException {
    assertThat(read("plugin: mail\n").definition().price()).isNull();
    assertThat(read("plugin: mail\nprice: 0\n").definition().price()).isZero();
  }

  @Test
  void aBurstNeedsARate() throws IOException {
    assertThat(problems("plugin: mail\nburst: 10\n"))
        .containsExactly("burst: needs max_per_second, the rate that it is the burst of");
  }

  @Test
  void reportsAllMistakesAtOnce() throws IOException {
    assertThat(
            problems(
                """
                priority: 0
                weight: 1001
                channels: [email, fax]
                max_concurrent: many
                max_per_second: -1
                price: cheap
                timeout: 10
                enabled: perhaps
                wieght: 5
                config: text
                """))
        .containsExactlyInAnyOrder(
            "plugin: is required (text)",
            "priority: must be a whole number from 1 to 1000000",
            "weight: must be a whole number from 1 to 1000",
            "channels: must be of email, sms, whatsapp, telegram, number, booking",
            "max_per_second: must be a number from 0.0 to 100000.0",
            "price: must be a number from 0.0 to 1000000.0",
            "max_concurrent: must be a whole number from 1 to 10000",
            "timeout: must be a duration from 50ms to 5m, such as 250ms, 30s, 5m",
            "enabled: must be true or false",
            "wieght: is not a known key",
            "config: must be a block of keys and values");
  }

  @Test
  void fillsInVariablesEverywhere() throws IOException {
    Path secret = Files.writeString(temp.resolve("secret"), "  s3cret\n");
    JsonObject config =
        read("plugin: mail\nweight: ${env:WEIGHT}\nconfig:\n"
                + "  key: x-${env:KEY}-${env:EMPTY}y\n  url: ${sandbox:mail.url}/v3\n"
                + "  plain: $${env:KEY} costs $5\n  deep: {list: ['${file:"
                + secret
                + "}', 3]}\n")
            .definition()
            .config();
    assertThat(config.getString("key")).isEqualTo("x-k-1-y");
    assertThat(config.getString("url")).isEqualTo("http://127.0.0.1:1/v3");
    assertThat(config.getString("plain")).isEqualTo("${env:KEY} costs $5");
    assertThat(config.getJsonObject("deep").getJsonArray("list"))
        .isEqualTo(new JsonArray().add("s3cret").add(3));
  }

  @Test
  void knowsWhatStandsInTheFileItself() throws IOException {
    ProviderDefinition definition =
        read("""
                plugin: mail
                weight: 7
                config:
                  a: plain
                  b: ${env:KEY}
                  c: 12345
                  d: $${env:KEY}
                  e: {f: [plain, "${env:KEY}"], g: ["${env:KEY}"]}
                  h: [{i: "x-${env:KEY}", j: plain, k: "${env:KEY}${env:KEY}"}]
                  headers:
                    Authorization: Bearer ${env:KEY}
                    X-Mixed: Bearer hush ${env:KEY}
                  scheme: Bearer ${env:KEY}
                """)
            .definition();
    assertThat(definition.literals())
        .containsExactlyInAnyOrder(
            "config.a",
            "config.c",
            "config.d",
            "config.e.f",
            "config.h[0].i",
            "config.h[0].j",
            "config.headers.X-Mixed",
            "config.scheme");
  }

  @Test
  void namesVariablesThatCannotBeResolved() throws IOException {
    assertThat(
            problems(
                """
                plugin: mail
                priority: ${env:NONE}
                config:
                  a: ${file:/no/such/file}
                  b: {c: ["${sandbox:other.url}"]}
                  d: ${file:relative}
                  e: ${env:KEY
                """))
        .containsExactlyInAnyOrder(
            "priority: variable ${env:NONE} cannot be resolved: the environment variable is not"
                + " set",
            "config.a: variable ${file:/no/such/file} cannot be resolved: there is no such file",
            "config.b.c: variable ${sandbox:other.url} cannot be resolved: no such variable is"
                + " known",
            "config.d: variable ${file:relative} cannot be resolved: the path must begin with /",
            "config.e: has a ${ without its }; write $${ for a plain ${");
  }

  @Test
  void valuesOfVariablesAreNotLookedIntoAgain() throws IOException {
    Path file = Files.writeString(temp.resolve("secret"), "${env:KEY}");
    assertThat(config("key: ${file:" + file + "}").getString("key")).isEqualTo("${env:KEY}");
  }

  @ParameterizedTest
  @CsvSource({
    "NO, NO",
    "on, on",
    "+4915112345, +4915112345",
    "007, 007",
    "2026-01-01, 2026-01-01",
    "12:30, 12:30",
    "0x1F, 0x1F",
    "1_000, 1_000",
    "1e5, 1e5"
  })
  void unquotedTextsStayTexts(String text, String expected) throws IOException {
    assertThat(config("key: " + text).getValue("key")).isEqualTo(expected);
  }

  @Test
  void plainNumbersFlagsAndNothingAreRead() throws IOException {
    JsonObject config = config("a: -5\nb: 1.25\nc: true\nd:\ne: ~\nf: 12345678901234567890\n");
    assertThat(config.getInteger("a")).isEqualTo(-5);
    assertThat(config.getDouble("b")).isEqualTo(1.25);
    assertThat(config.getBoolean("c")).isTrue();
    assertThat(config.getValue("d")).isNull();
    assertThat(config.getValue("e")).isNull();
    assertThat(config.getValue("f")).hasToString("12345678901234567890");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plugin: mail\nplugin: sms\n",
        "plugin: [mail\n",
        "- plugin\n",
        "plain",
        "plugin: mail\n---\nplugin: sms\n",
        "plugin: !!java.net.URL [http://x]\n",
        "plugin: mail\nconfig: &a {b: *a}\n",
        "plugin: mail\n\u0000"
      })
  void refusesWhatIsNoPlainDocument(String text) throws IOException {
    assertThat(problems(text)).hasSize(1);
    assertThat(problems(text).get(0)).startsWith("file: ");
  }

  @Test
  void refusesBombs() throws IOException {
    StringBuilder bomb = new StringBuilder("plugin: mail\nconfig:\n  a0: &a0 [x,x,x,x,x,x,x,x]\n");
    for (int i = 1; i < 9; i++) {
      String before = ("*a" + (i - 1) + ",").repeat(8);
      bomb.append("  a" + i + ": &a" + i + " [" + before + "x]\n");
    }
    assertThat(problems(bomb.toString())).hasSize(1);
    assertThat(problems("plugin: mail\nconfig: " + "[".repeat(5_000))).hasSize(1);
    assertThat(problems("plugin: mail\nconfig: " + "{a: ".repeat(30) + "1" + "}".repeat(30)))
        .hasSize(1);
    assertThat(problems("#" + "x".repeat(2_000_000))).hasSize(1);
    assertThat(problems("plugin: mail\nconfig: {a: [" + "1,".repeat(20_000) + "]}")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"key: *hunter2", "key: !hunter2 x", "key: 'hunter2", "key: @hunter2 x"})
  void mistakesShowNoSecret(String text) throws IOException {
    List<String> problems = problems("plugin: mail\nconfig:\n  " + text + "\n");
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0)).doesNotContain("hunter2").contains("line");
  }

  @Test
  void textFormShowsNoSecret() throws IOException {
    ProviderDefinition definition = read("plugin: mail\nconfig: {key: hunter2}\n").definition();
    assertThat(definition.toString())
        .doesNotContain("hunter2")
        .doesNotContain(definition.fingerprint());
  }

  @Test
  void fingerprintFollowsTheResolvedContentOnly() throws IOException {
    String one = read("plugin: mail\nconfig: {a: k-1, b: 2}\n").definition().fingerprint();
    String same =
        read("# note\nconfig: {b: 2, a: '${env:KEY}'}\nplugin: mail\n").definition().fingerprint();
    String other = read("plugin: mail\nconfig: {a: k-2, b: 2}\n").definition().fingerprint();
    assertThat(same).isEqualTo(one);
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void aDisabledFileNeedsNoVariables() throws IOException {
    ProviderFileContent content = read("plugin: mail\nenabled: false\nconfig: {a: '${env:NO}'}\n");
    assertThat(content.disabled()).isTrue();
    assertThat(problems("plugin: mail\nenabled: false\nweight: 0\n")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Mail.yaml", "mail_eu.yaml", "mail eu.yml", "mäil.yaml", ".yaml"})
  void refusesNamesThatAreNoId(String name) {
    ProviderFileContent content = reader.read(temp.resolve(name));
    assertThat(content.problems()).hasSize(1);
    assertThat(content.problems().get(0).key()).isEqualTo("file name");
  }

  @Test
  void refusesOtherEncodings() throws IOException {
    Path file = Files.write(temp.resolve("a.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
    assertThat(reader.read(file).problems())
        .containsExactly(new FileProblem(0, "file", "must be UTF-8 text"));
  }

  @Test
  void aByteOrderMarkIsNoMistake() throws IOException {
    assertThat(problems("\uFEFFplugin: mail\n")).isEmpty();
  }
}
