package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A provider that the gateway stops because it misbehaves. */
class GivenUpTest extends WatchedFolder {

  @Test
  void isStoppedAndStartsAgainWhenSomethingChanges() throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    folder.giveUp("a", "mail 0.9", "that one is gone already");
    folder.giveUp("a", "mail 1.0", "it blocks its thread");
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0", "stop a"));
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.FAILED));
    assertThat(providerStatus("a.yaml").detail())
        .isEqualTo("stopped by the gateway: it blocks its thread");
    assertThat(providerStatus("a.yaml").running()).isFalse();

    // Another file comes, and this one stays as it is.
    provider("b.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.events).last().isEqualTo("start b 1.0"));
    assertThat(gateway.events).hasSize(3);

    jar("mail", "1.1");
    eventually(() -> assertThat(gateway.events).contains("start a 1.1"));
    eventually(
        () ->
            assertThat(providerStatus("a.yaml").state())
                .isEqualTo(ProviderFileStatus.State.RUNNING));
  }
}
