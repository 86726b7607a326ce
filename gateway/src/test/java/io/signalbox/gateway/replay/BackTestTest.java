package io.signalbox.gateway.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.config.ConfigLoader;
import io.signalbox.gateway.config.ConfigurationException;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.scoring.replay.RecordedAttempt;
import io.signalbox.scoring.replay.RecordedNotification;
import io.signalbox.scoring.replay.RecordedOutcome;
import io.signalbox.scoring.replay.ReplayReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a back-test takes from its file, and what from the files of providers. */
class BackTestTest {
  private static final int COUNT = 40;

  @TempDir private Path dir;
  private Path plugins;
  private GatewayConfig config;

  @BeforeEach
  void configure() throws IOException {
    plugins = Files.createDirectories(dir.resolve("plugins"));
    config =
        ConfigLoader.load(Optional.empty(), Map.of(), Map.of("plugins.dir", plugins.toString()));
  }

  @Test
  void whatTheFileDoesNotSayOfAPriceTheProviderFileDoes() throws IOException {
    providerFile("alpha", "price: 0.5\nconfig: {api_key: '${env:NO_SUCH_SECRET_IS_SET}'}\n");
    providerFile("beta", "price: 0.25\n");

    assertThat(run("").recorded().cost()).isEqualTo(COUNT * 0.5);
    assertThat(run("providers: {alpha: {price: 2}}").recorded().cost()).isEqualTo(COUNT * 2.0);
    // Of beta the file says something, but no price.
    assertThat(run("providers: {beta: {priority: 3}}").recorded().cost()).isEqualTo(COUNT * 0.5);
  }

  @Test
  void aProviderWithoutAPriceCostsNothing() throws IOException {
    providerFile("alpha", "");
    providerFile("beta", "price: 1\nenabled: false\n");

    assertThat(run("").recorded().cost()).isZero();
    assertThat(run("").recorded().successes()).isEqualTo(COUNT);
  }

  @Test
  void takesAPolicyFileOfTheFolderAsItIs() throws IOException {
    ReplayReport report =
        run("applies_to: {types: [otp]}\nmax_attempts: 1\nscoring: {weights: {priority: 1}}\n");

    assertThat(report.other().notifications()).isEqualTo(COUNT);
  }

  @Test
  void tellsAllMistakesAsThePolicyFolderDoes() {
    assertMistake("max_attemps: 3", "max_attemps is not a known key; did you mean max_attempts?");
    assertMistake("scorng: {policy: best}", "scorng is not a known key; did you mean scoring?");
    assertMistake("max_attempts: lots", "max_attempts must be a whole number");
    assertMistake("max_attempts: {a: 1}", "max_attempts must be a whole number");
    assertMistake("max_attempts: 1\nmax_attempts: 2", "max_attempts");
    assertMistake(
        "attempt_timeout: 10s\nchannel_timeout: 5s",
        "attempt_timeout must not be longer than channel_timeout");
    assertMistake("[1, 2]", "must be a block of keys and values");
    assertMistake("scoring: 7", "scoring must be a block of keys and values");
    assertMistake("scoring: {weights: {helth: 1}}", "scoring.weights.helth is not a known key");
    assertMistake("providers: 7", "providers must be a block of keys and values");
    assertMistake("providers: {a: {price: much}}", "providers.a.price must be");
    assertMistake("providers: {a: {cost: 1}}", "providers.a.cost is not a known key");
  }

  private void assertMistake(String text, String mistake) {
    assertThatThrownBy(() -> run(text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(mistake);
  }

  private void providerFile(String id, String text) throws IOException {
    Files.writeString(plugins.resolve(id + ".yaml"), "plugin: mail\n" + text);
  }

  private ReplayReport run(String policy) throws IOException {
    Path file = Files.writeString(dir.resolve("candidate.yaml"), policy);
    return new BackTest(config, file).run(past(), 1);
  }

  /** All went to alpha, and arrived there. */
  private static RecordedPast past() {
    List<RecordedNotification> notifications =
        IntStream.range(0, COUNT)
            .mapToObj(
                number ->
                    new RecordedNotification(
                        List.of("email"),
                        List.of(
                            new RecordedAttempt(
                                "email",
                                "alpha",
                                1_000_000 + number * 1_000L,
                                50,
                                RecordedOutcome.SENT,
                                RecordedAttempt.NEVER,
                                false))))
            .toList();
    return new RecordedPast(
        notifications, List.of(new RecordedPast.Known("alpha", Set.of("email"), 1)), true);
  }
}
