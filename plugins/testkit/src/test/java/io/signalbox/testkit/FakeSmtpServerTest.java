package io.signalbox.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Looks at the lines, since the laws of the kit are only as good as the faults it can play. */
class FakeSmtpServerTest {
  private Vertx vertx;
  private FakeSmtpServer server;
  private Socket socket;
  private BufferedReader lines;

  @BeforeEach
  void connect() throws IOException {
    vertx = Vertx.vertx();
    server = FakeSmtpServer.start(vertx);
  }

  @AfterEach
  void stop() throws IOException {
    if (socket != null) {
      socket.close();
    }
    String unused = HostedProvider.await(vertx.close().map("closed"));
  }

  private String greeting() throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(10_000);
    lines =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    return lines.readLine();
  }

  private String say(String line) throws IOException {
    socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
    String answer = lines.readLine();
    while (answer != null && answer.length() > 3 && answer.charAt(3) == '-') {
      answer = lines.readLine();
    }
    return answer;
  }

  @Test
  void takesAMailAndRemembersIt() throws Exception {
    assertThat(greeting()).startsWith("220 ");
    assertThat(say("EHLO me")).startsWith("250 ");
    assertThat(say("AUTH PLAIN AG1lAHNlY3JldA==")).startsWith("235 ");
    assertThat(say("MAIL FROM:<a@example.com>")).startsWith("250 ");
    assertThat(say("RCPT TO:<b@example.com>")).startsWith("250 ");
    assertThat(say("DATA")).startsWith("354 ");
    assertThat(say("Subject: Hi\r\n there\r\n\r\n..dot\r\n.")).startsWith("250 ");
    assertThat(say("QUIT")).startsWith("221 ");

    assertThat(lines.readLine()).isNull();
    SeenMail mail = server.mails().get(0);
    assertThat(mail.user()).isEqualTo("me");
    assertThat(mail.sender()).isEqualTo("a@example.com");
    assertThat(mail.recipients()).containsExactly("b@example.com");
    assertThat(mail.headers()).containsExactly("Subject: Hi there");
    assertThat(mail.body()).isEqualTo(".dot");
    assertThat(mail.encrypted()).isFalse();
  }

  @Test
  void knowsTheOtherWayToLogIn() throws Exception {
    greeting();
    assertThat(say("AUTH LOGIN")).startsWith("334 ");
    assertThat(say("bWU=")).startsWith("334 ");
    assertThat(say("c2VjcmV0")).startsWith("235 ");
  }

  @Test
  void saysWhatItIsToldToAndCuts() throws Exception {
    server.answer(SmtpStage.RCPT, SmtpAnswer.say("550 5.1.1 Nobody here"));
    server.answer(SmtpStage.MAIL, SmtpAnswer.sayAndCut("421 4.3.2 Closing"));
    greeting();

    assertThat(say("RCPT TO:<b@example.com>")).isEqualTo("550 5.1.1 Nobody here");
    assertThat(say("MAIL FROM:<a@example.com>")).isEqualTo("421 4.3.2 Closing");
    assertThat(lines.readLine()).isNull();
  }

  @Test
  void cutsWithoutAWord() throws Exception {
    server.answer(SmtpStage.GREETING, SmtpAnswer.cut());

    assertThat(greeting()).isNull();
  }

  @Test
  void hangsWithTheConnectionOpen() throws Exception {
    server.answer(SmtpStage.EHLO, SmtpAnswer.hang());
    greeting();
    socket.setSoTimeout(200);

    assertThatThrownBy(() -> say("EHLO me")).isInstanceOf(SocketTimeoutException.class);
  }
}
