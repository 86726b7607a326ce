package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import java.nio.file.Path;
import java.util.concurrent.Callable;
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

  @Test
  void isStoppedAfterAReplacementThatFails() throws Exception {
    Promise<Void> replacement = beingReplaced(() -> jar("mail", "2.0"), "start a 2.0");
    replacement.fail("it was rolled back");
    eventually(() -> assertThat(gateway.events).containsSubsequence("start a 2.0", "stop a"));
  }

  @Test
  void goesOnIfItsReplacementHasTakenOver() throws Exception {
    Promise<Void> replacement =
        beingReplaced(() -> provider("a.yaml", "plugin: mail\nweight: 3\n"), "start a 1.0");
    replacement.complete();
    provider("marker.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKey("marker"));
    assertThat(gateway.events).doesNotContain("stop a");
  }

  /** The one that runs is given up while its replacement is being started. */
  private Promise<Void> beingReplaced(Callable<Path> put, String event) throws Exception {
    jar("mail", "1.0");
    provider("a.yaml", "plugin: mail\n");
    start();
    Promise<Void> replacement = Promise.promise();
    gateway.held.put("a", replacement);
    put.call();
    eventually(() -> assertThat(gateway.events).containsExactly("start a 1.0", event));
    gateway.held.remove("a");
    folder.giveUp("a", "mail 1.0", "it blocks its thread");
    // Another file, so that it was looked at while the change goes on.
    provider("b.yaml", "plugin: mail\n");
    eventually(() -> assertThat(gateway.running).containsKey("b"));
    return replacement;
  }
}
