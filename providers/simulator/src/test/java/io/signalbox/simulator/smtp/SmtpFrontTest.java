package io.signalbox.simulator.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.simulator.SimulatorClient;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same faults as the HTTP plugins, in the words of SMTP. */
class SmtpFrontTest {
  private static final String RECIPIENT = "alex@example.com";
  private static final String TEXT =
      "Subject: Hello\r\nMessage-ID: <m-1@example.com>\r\nX-Signalbox-Attempt: a-1\r\n\r\nText";

  private SimulatorClient simulator;
  private JsonObject account;

  @BeforeEach
  void start() throws Exception {
    simulator = SimulatorClient.started();
    account = simulator.account("smtp");
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private SmtpTalk loggedIn() throws IOException {
    SmtpTalk talk = SmtpTalk.with(account);
    assertThat(talk.logIn(account.getString("username"), account.getString("password")))
        .startsWith("235");
    return talk;
  }

  private String send(String recipient) throws IOException {
    try (SmtpTalk talk = loggedIn()) {
      return talk.mail(recipient, TEXT);
    }
  }

  private void set(String mode, String field, Object value) throws Exception {
    simulator.set("smtp", new JsonObject().put("mode", mode).put(field, value));
  }

  private void mode(String mode) throws Exception {
    simulator.set("smtp", new JsonObject().put("mode", mode));
  }

  private int count() throws Exception {
    return simulator.received("smtp").size();
  }

  @Test
  void takesAMailAndRemembersIt() throws Exception {
    assertThat(send(RECIPIENT)).startsWith("250 2.0.0 Ok: queued as ");

    JsonObject received = simulator.received("smtp").get(0);
    assertThat(received.getString("recipient")).isEqualTo(RECIPIENT);
    assertThat(received.getString("reference")).isEqualTo("a-1");
    assertThat(received.getString("id")).isEqualTo("m-1@example.com");
    assertThat(received.getString("text")).isEqualTo("Hello\nText");
    JsonObject described = simulator.describe("smtp");
    assertThat(described.getString("url"))
        .isEqualTo("smtp://127.0.0.1:" + account.getInteger("port"));
    assertThat(described.getInteger("received")).isEqualTo(1);
  }

  @Test
  void decodesWhatItTakes() throws Exception {
    String mail =
        """
        Subject: =?UTF-8?B?R3LDvMOfZSDwn5iA?=
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="b"

        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe
        --b
        Content-Type: text/html

        <p>Other</p>
        --b--"""
            .replace("\n", "\r\n");
    try (SmtpTalk talk = loggedIn()) {
      assertThat(talk.mail(RECIPIENT, mail)).startsWith("250");
    }

    assertThat(simulator.received("smtp").get(0).getString("text")).isEqualTo("Grüße 😀\nGrüße");
  }

  @Test
  void wantsTheRightLogin() throws Exception {
    try (SmtpTalk talk = SmtpTalk.with(account)) {
      assertThat(talk.say("MAIL FROM:<orders@example.com>")).startsWith("530");
      assertThat(talk.logIn(account.getString("username"), "wrong")).startsWith("535");
    }
    assertThat(count()).isZero();
  }

  @Test
  void servesSeveralMailsOnOneConnection() throws Exception {
    try (SmtpTalk talk = loggedIn()) {
      assertThat(talk.mail(RECIPIENT, TEXT)).startsWith("250");
      assertThat(talk.say("RSET")).startsWith("250");
      assertThat(talk.mail(RECIPIENT, TEXT)).startsWith("250");
      assertThat(talk.say("QUIT")).startsWith("221");
    }
    assertThat(count()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({
    "error, 451 4.3.0",
    "unavailable, 421 4.3.2",
    "throttle, 450 4.7.1",
    "reject, 550 5.1.1"
  })
  void refusesInTheWayOfTheModeAndTakesNothing(String mode, String answer) throws Exception {
    mode(mode);

    assertThat(send(RECIPIENT)).startsWith(answer);
    assertThat(count()).isZero();
  }

  @Test
  void throttlesWithItsHint() throws Exception {
    set("throttle", "retry_after_seconds", 7);

    assertThat(send(RECIPIENT)).contains("7 s");
  }

  @Test
  void refusesConnectionsAndComesBackOnTheSamePort() throws Exception {
    try (SmtpTalk idle = loggedIn()) {
      mode("refuse");
      assertThatThrownBy(() -> SmtpTalk.with(account)).isInstanceOf(ConnectException.class);
      assertThat(idle.say("NOOP")).isNull();
    }
    mode("ok");
    assertThat(send(RECIPIENT)).startsWith("250");
  }

  @Test
  void hangsWithoutTakingTheMailAndWithoutHinderingOthers() throws Exception {
    mode("hang");
    try (SmtpTalk talk = loggedIn()) {
      talk.patience(Duration.ofMillis(300));
      assertThatThrownBy(() -> talk.mail(RECIPIENT, TEXT))
          .isInstanceOf(SocketTimeoutException.class);
      mode("ok");
      assertThat(send(RECIPIENT)).startsWith("250");
    }
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void cutTakesTheMailAndDropsTheConnection() throws Exception {
    mode("cut");

    assertThat(send(RECIPIENT)).isNull();
    await().atMost(Duration.ofSeconds(60)).until(() -> count() == 1);
  }

  @Test
  void cutBeforeDropsTheMailAndTheConnection() throws Exception {
    mode("cut_before");

    assertThat(send(RECIPIENT)).isNull();
    mode("ok");
    send(RECIPIENT);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void errorAfterTakesTheMailAndRefusesIt() throws Exception {
    mode("error_after");

    assertThat(send(RECIPIENT)).startsWith("451 4.3.0");
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void slowAnswersLate() throws Exception {
    set("slow", "latency_ms", 300);
    long before = System.nanoTime();

    assertThat(send(RECIPIENT)).startsWith("250");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(295));
  }

  @Test
  void brownoutFailsSomeAndTakesTheRest() throws Exception {
    set("brownout", "rate", 0.5);
    List<Boolean> taken = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      taken.add(send(RECIPIENT).startsWith("250"));
    }
    assertThat(taken).contains(true, false);
    assertThat(count()).isEqualTo((int) taken.stream().filter(one -> one).count());
  }

  @Test
  void refusesSpecialRecipientsAndTooMuch() throws Exception {
    assertThat(send("blocked@example.com")).startsWith("550 5.1.1");
    try (SmtpTalk talk = loggedIn()) {
      assertThat(talk.say("MAIL FROM:<orders@example.com> SIZE=99999999")).startsWith("552 5.3.4");
    }
  }

  @Test
  void stopsWhileMailsHang() throws Exception {
    mode("hang");
    try (SmtpTalk talk = loggedIn()) {
      talk.patience(Duration.ofMillis(300));
      assertThatThrownBy(() -> talk.mail(RECIPIENT, TEXT))
          .isInstanceOf(SocketTimeoutException.class);
      simulator.close();
      talk.patience(Duration.ofSeconds(10));
      assertThat(talk.say("NOOP")).isNotEqualTo("250 Ok");
    }
    start();
  }
}
