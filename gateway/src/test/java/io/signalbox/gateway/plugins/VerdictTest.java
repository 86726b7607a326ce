package io.signalbox.gateway.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.plugins.Verdict.Kind;
import io.signalbox.loader.FileStamp;
import io.signalbox.loader.PluginStatus;
import io.signalbox.loader.ProviderFileStatus;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final Path FILE = Path.of("mail.jar");

  @ParameterizedTest
  @CsvSource({
    // the provider, whether it runs on the new jar, whether it was well before, what follows
    "RUNNING, true, true, RUNNING",
    "RUNNING, false, true, PENDING",
    "CHANGING, false, true, PENDING",
    "FAILED, false, true, REFUSED",
    "KEPT_BACK, false, true, REFUSED",
    "FAILED, false, false, LOADED",
    "REFUSED, false, true, REFUSED",
    "REFUSED, false, false, PENDING",
    "REFUSED, true, false, RUNNING",
    "DISABLED, false, false, LOADED",
  })
  void providersDecide(
      ProviderFileStatus.State state, boolean onIt, boolean wellBefore, Kind expected) {
    Verdict verdict =
        Verdict.of(
            FILE,
            stamp(2),
            wellBefore ? Set.of("eu") : Set.of(),
            List.of(jar(2, PluginStatus.State.ACTIVE, onIt ? Set.of("eu") : Set.of())),
            List.of(
                provider("eu", "mail", state),
                provider("x", "sms", ProviderFileStatus.State.FAILED)));
    assertThat(verdict.kind()).isEqualTo(expected);
  }

  @Test
  void oneThatFailsIsEnoughEvenWhileOthersChange() {
    Verdict verdict =
        Verdict.of(
            FILE,
            stamp(2),
            Set.of("eu", "us"),
            List.of(jar(2, PluginStatus.State.ACTIVE, Set.of())),
            List.of(
                provider("us", "mail", ProviderFileStatus.State.CHANGING),
                provider("eu", "mail", ProviderFileStatus.State.FAILED)));
    assertThat(verdict.kind()).isEqualTo(Kind.REFUSED);
    assertThat(verdict.detail()).contains("eu", "why");
  }

  @Test
  void whatIsSaidOfAnEarlierContentDoesNotCount() {
    for (PluginStatus.State state : PluginStatus.State.values()) {
      assertThat(
              Verdict.of(FILE, stamp(2), Set.of(), List.of(jar(1, state, Set.of())), List.of())
                  .kind())
          .isEqualTo(Kind.PENDING);
    }
    assertThat(
            Verdict.of(
                    FILE,
                    stamp(2),
                    Set.of(),
                    List.of(jar(2, PluginStatus.State.REFUSED, Set.of())),
                    List.of())
                .kind())
        .isEqualTo(Kind.REFUSED);
  }

  private static FileStamp stamp(long content) {
    return new FileStamp(content, FileTime.fromMillis(content), "", FileTime.fromMillis(content));
  }

  private static PluginStatus jar(long content, PluginStatus.State state, Set<String> providers) {
    return new PluginStatus(
        FILE, stamp(content), "mail", "1.0", "a", state, "why", "", null, providers);
  }

  private static ProviderFileStatus provider(
      String id, String plugin, ProviderFileStatus.State state) {
    return new ProviderFileStatus(Path.of(id + ".yaml"), id, plugin, state, "why", true);
  }
}
