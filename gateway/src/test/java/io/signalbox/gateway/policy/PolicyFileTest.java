package io.signalbox.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.OnUnknown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {
  @TempDir private Path dir;

  private PolicyFile.Content read(String name, String text) throws IOException {
    return PolicyFile.read(Files.writeString(dir.resolve(name), text));
  }

  @Test
  void readsWhatItSays() throws IOException {
    PolicyFile.Content content =
        read(
            "otp.yaml",
            """
            # A comment.
            applies_to: {types: [otp, code], channels: [sms]}
            on_unknown: failover
            fallback_channels: [whatsapp, email]
            max_attempts: 6
            duplicate_budget: 0.05
            half_open_trials: false
            """);
    assertThat(content.mistakes()).isEmpty();
    RoutingPolicy policy = Objects.requireNonNull(content.policy());
    assertThat(policy.name()).isEqualTo("otp");
    assertThat(policy.types()).containsExactlyInAnyOrder("otp", "code");
    assertThat(policy.channels()).containsExactly(Channel.SMS);
    assertThat(policy.get(PolicyKeys.ON_UNKNOWN)).isEqualTo(OnUnknown.FAILOVER);
    assertThat(policy.get(PolicyKeys.FALLBACK_CHANNELS))
        .isEqualTo(List.of(Channel.WHATSAPP, Channel.EMAIL));
    assertThat(policy.get(PolicyKeys.MAX_ATTEMPTS)).isEqualTo(6);
    assertThat(policy.get(PolicyKeys.DUPLICATE_BUDGET)).isEqualTo(0.05);
    assertThat(policy.get(PolicyKeys.HALF_OPEN_TRIALS)).isFalse();
    assertThat(policy.get(PolicyKeys.WINDOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "max_atempts: 3 | max_atempts is not a known key; did you mean max_attempts?",
        "max_attempts: 0 | max_attempts must be a whole number from 1 to 999",
        "max_attempts: many | max_attempts must be a whole number from 1 to 999",
        "attempt_timeout: 5 | attempt_timeout must be a duration from 0s to 10m, such as",
        "attempt_timeout: 5 parsecs | attempt_timeout must be a duration from 0s to 10m",
        "window: 31d | window must be a duration from 1s to 30d",
        "on_unknown: panic | on_unknown must be failover, wait or stop",
        "on_unknown: [wait, stop] | on_unknown must be failover, wait or stop",
        "on_unknown: | on_unknown must be failover, wait or stop",
        "duplicate_budget: 5% | duplicate_budget must be a number from 0.0 to 1.0",
        "duplicate_budget: 2 | duplicate_budget must be a number from 0.0 to 1.0",
        "fallback_channels: [sms, fax] | fallback_channels must be a list of different channels",
        "fallback_channels: [sms, sms] | fallback_channels must be a list of different channels",
        "fallback_channels: {a: 1} | fallback_channels must be a list of different channels",
        "half_open_trials: maybe | half_open_trials must be true or false",
        "applies_to: sms | applies_to must be a block with types, channels or both",
        "applies_to: {type: [a]} | applies_to.type is not a known key; did you mean types?",
        "applies_to: {types: a} | applies_to.types must be a list of notification types",
        "applies_to: {channels: [fax]} | applies_to.channels must be a list of different channels",
        "{retry_base: 1m, retry_max: 1s} | retry_base must not be longer than retry_max",
        "{attempt_timeout: 1m, channel_timeout: 1s}"
            + " | attempt_timeout must not be longer than channel_timeout",
        "{channel_timeout: 2h, notification_timeout: 1h}"
            + " | channel_timeout must not be longer than notification_timeout",
        "[1, 2] | must be a block of keys and values",
        "a: b: c | is no usable YAML: line 1",
      })
  void saysWhatWouldBeRight(String text, String expected) throws IOException {
    PolicyFile.Content content = read("p.yaml", text);
    assertThat(content.policy()).isNull();
    assertThat(content.mistakes()).hasSize(1);
    assertThat(content.mistakes().get(0).toString())
        .startsWith(dir.resolve("p.yaml") + ": " + expected);
  }

  @Test
  void namesMustBeUsable() throws IOException {
    assertThat(read("Otp Policy.yaml", "").mistakes()).hasSize(1);
    assertThat(read("default.yaml", "").mistakes()).hasSize(1);
    assertThat(read("empty.yml", "").mistakes()).isEmpty();
  }

  @Test
  void allMistakesAreToldAtOnce() throws IOException {
    assertThat(read("p.yaml", "max_rounds: 0\nwindow: x\nfoo: 1\n").mistakes()).hasSize(3);
  }

  @Test
  void noLimitIsLongerThanAnyLimit() throws IOException {
    assertThat(read("p.yaml", "{channel_timeout: 2h, notification_timeout: 0s}").mistakes())
        .isEmpty();
  }

  /** The examples that the distribution ships. */
  @Test
  void theExamplesCanBeUsedTogether() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "deploy", "distribution", "policies"))) {
      List<PolicyFile.Content> contents = files.sorted().map(PolicyFile::read).toList();
      assertThat(contents).hasSize(3).allSatisfy(file -> assertThat(file.mistakes()).isEmpty());
      Policies all = new Policies(contents.stream().map(PolicyFile.Content::policy).toList());
      assertThat(all.find("otp")).isNotNull();
      assertThat(all.forType("newsletter")).isEqualTo(all.find("bulk"));
    }
  }
}
