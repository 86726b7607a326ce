package io.signalbox.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every simulated API must do in every mode. */
public abstract class BasePluginTest {
  protected SimulatorClient simulator;
  protected WebhookCatcher catcher;
  protected JsonObject account;
  protected String url;

  /** The plugin's name. */
  protected abstract String plugin();

  /** A recipient that nothing is special about. */
  protected abstract String recipient();

  /** Sends with good credentials and the catcher as the receiver of webhooks. */
  protected abstract Reply send(String recipient, String text, Duration timeout) throws Exception;

  protected abstract boolean isAccepted(Reply reply);

  protected abstract void assertInternalError(Reply reply);

  protected abstract void assertThrottled(Reply reply, int retryAfterSeconds);

  protected abstract void assertRecipientRefused(Reply reply);

  /** The reference that {@link #send} gives; null if the API has none. */
  protected abstract String reference();

  /** Webhooks that follow one message. */
  protected abstract int webhooksPerMessage();

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
    catcher = new WebhookCatcher();
    account = simulator.account(plugin());
    url = simulator.url(plugin());
    simulator.set(
        plugin(), new JsonObject().put("webhook_url", catcher.url()).put("receipt_delay_ms", 20));
  }

  @AfterEach
  void stop() throws Exception {
    simulator.close();
    catcher.close();
  }

  protected final Reply send(String recipient, String text) throws Exception {
    return send(recipient, text, Duration.ofSeconds(30));
  }

  protected final Reply send(String text) throws Exception {
    return send(recipient(), text);
  }

  protected final List<WebhookCatcher.Caught> awaitWebhooks(int count) {
    await().atMost(Duration.ofSeconds(60)).until(() -> catcher.caught().size() >= count);
    return catcher.caught();
  }

  private void mode(String mode) throws Exception {
    simulator.set(plugin(), new JsonObject().put("mode", mode));
  }

  private List<String> texts() throws Exception {
    return simulator.received(plugin()).stream()
        .map(entry -> entry.getString("text"))
        .collect(Collectors.toList());
  }

  @Test
  void takesGoodMessageAndRemembersIt() throws Exception {
    assertThat(isAccepted(send("text one"))).isTrue();

    List<JsonObject> received = simulator.received(plugin());
    assertThat(received).hasSize(1);
    assertThat(received.get(0).getString("recipient")).isEqualTo(recipient());
    assertThat(received.get(0).getString("reference")).isEqualTo(reference());
    assertThat(received.get(0).getString("text")).contains("text one");
    assertThat(received.get(0).getString("id")).isNotEmpty();
    assertThat(simulator.describe(plugin()).getInteger("received")).isEqualTo(1);
  }

  @Test
  void refusesConnectionsAndComesBackOnTheSamePort() throws Exception {
    send("before");
    URI address = URI.create(url);
    try (Socket idle = new Socket(address.getHost(), address.getPort())) {
      idle.setSoTimeout(10_000);
      mode("refuse");
      assertThat(readsNothingMore(idle)).isTrue();
    }
    // The client may not know yet that the connection it kept is closed, and try that one first.
    assertThatThrownBy(() -> send("refused")).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> send("refused")).isInstanceOf(ConnectException.class);
    mode("ok");
    assertThat(isAccepted(send("after"))).isTrue();
    assertThat(texts()).hasSize(2);
  }

  private static boolean readsNothingMore(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() < 0;
    } catch (SocketException reset) {
      return true;
    }
  }

  @Test
  void answersInternalErrorAndTakesNothing() throws Exception {
    mode("error");
    assertInternalError(send("lost"));
    assertThat(texts()).isEmpty();
  }

  @Test
  void answersUnavailableAndTakesNothing() throws Exception {
    mode("unavailable");
    assertThat(send("lost").status()).isEqualTo(503);
    assertThat(texts()).isEmpty();
  }

  @Test
  void throttlesWithItsOwnHint() throws Exception {
    simulator.set(plugin(), new JsonObject().put("mode", "throttle").put("retry_after_seconds", 7));
    assertThrottled(send("lost"), 7);
    assertThat(texts()).isEmpty();
  }

  @Test
  void hangsWithoutTakingTheMessage() throws Exception {
    mode("hang");
    assertThatThrownBy(() -> send(recipient(), "lost", Duration.ofMillis(300)))
        .isInstanceOf(HttpTimeoutException.class);
    mode("ok");
    send("marker");
    assertThat(texts()).hasSize(1);
  }

  @Test
  void cutTakesTheMessageAndDropsTheConnection() throws Exception {
    mode("cut");
    assertThatThrownBy(() -> send("taken"))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
    await().atMost(Duration.ofSeconds(60)).until(() -> texts().size() >= 1);
    awaitWebhooks(webhooksPerMessage() > 0 ? 1 : 0);
  }

  @Test
  void cutBeforeDropsTheConnectionAndTakesNothing() throws Exception {
    mode("cut_before");
    assertThatThrownBy(() -> send("lost"))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
    mode("ok");
    send("marker");
    assertThat(texts()).hasSize(1);
  }

  @Test
  void errorAfterTakesTheMessageAndAnswersAnError() throws Exception {
    mode("error_after");
    assertInternalError(send("taken"));
    assertThat(texts()).hasSize(1);
  }

  @Test
  void slowAnswersLate() throws Exception {
    simulator.set(plugin(), new JsonObject().put("mode", "slow").put("latency_ms", 300));
    long before = System.nanoTime();
    assertThat(isAccepted(send("late"))).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(295));
    assertThat(simulator.describe(plugin()).getInteger("latency_ms")).isEqualTo(300);
    mode("ok");
    assertThat(simulator.describe(plugin()).getInteger("latency_ms")).isZero();
  }

  @Test
  void brownoutFailsSomeAndTakesTheRest() throws Exception {
    mode("brownout");
    assertThat(simulator.describe(plugin()).getDouble("rate")).isEqualTo(0.3);
    simulator.set(plugin(), new JsonObject().put("rate", 0.5));
    List<Boolean> accepted = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      accepted.add(isAccepted(send("text " + i)));
    }
    assertThat(accepted).contains(true, false);
    assertThat(texts()).hasSize((int) accepted.stream().filter(taken -> taken).count());
  }

  @Test
  void silentTakesWithoutReceipts() throws Exception {
    assertThat(oneInModeThenOneHealthy("silent")).containsExactly(true, true);
  }

  @Test
  void swallowTakesAndDeliversNothing() throws Exception {
    assertThat(oneInModeThenOneHealthy("swallow")).containsExactly(false, true);
  }

  /** No webhook may speak of the first. Answers which of the two reached their recipients. */
  private List<Boolean> oneInModeThenOneHealthy(String mode) throws Exception {
    mode(mode);
    assertThat(isAccepted(send("quiet"))).isTrue();
    mode("ok");
    send("loud");
    List<JsonObject> received = simulator.received(plugin());
    assertThat(awaitWebhooks(webhooksPerMessage() > 0 ? 1 : 0))
        .noneMatch(webhook -> webhook.body().contains(received.get(0).getString("id")));
    return received.stream().map(entry -> entry.getBoolean("delivered")).toList();
  }

  @Test
  void aSeedRepeatsTheSameLuck() throws Exception {
    JsonObject seeded = new JsonObject().put("mode", "brownout").put("rate", 0.5).put("seed", 42);
    List<List<Boolean>> rounds = new ArrayList<>();
    for (int round = 0; round < 2; round++) {
      simulator.set(plugin(), seeded);
      List<Boolean> accepted = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        accepted.add(isAccepted(send("text " + i)));
      }
      rounds.add(accepted);
    }
    assertThat(rounds.get(0)).contains(true, false).isEqualTo(rounds.get(1));
  }

  @Test
  void rejectRefusesTheRecipient() throws Exception {
    mode("reject");
    assertRecipientRefused(send("unwanted"));
    assertThat(texts()).isEmpty();
  }
}
