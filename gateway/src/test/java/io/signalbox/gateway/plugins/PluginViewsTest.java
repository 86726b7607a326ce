package io.signalbox.gateway.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.loader.ProviderFileStatus;
import io.signalbox.loader.ProviderFileStatus.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When every provider file of a node runs. */
class PluginViewsTest {

  @Test
  void allRunWhereNoneIsInAnotherState() {
    assertThat(PluginViews.isAllRunning(List.of())).isTrue();
    assertThat(PluginViews.isAllRunning(List.of(file(State.RUNNING), file(State.RUNNING))))
        .isTrue();
  }

  @ParameterizedTest
  @EnumSource(value = State.class, mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
  void oneInAnotherStateMayHaveWhatNobodyElseHas(State other) {
    assertThat(PluginViews.isAllRunning(List.of(file(State.RUNNING), file(other)))).isFalse();
  }

  private static ProviderFileStatus file(State state) {
    return new ProviderFileStatus(
        Path.of("mail.yaml"), "mail", "smtp", state, "", state == State.RUNNING);
  }
}
