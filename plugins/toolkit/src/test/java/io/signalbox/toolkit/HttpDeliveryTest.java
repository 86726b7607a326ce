package io.signalbox.toolkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.Progress;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;

class HttpDeliveryTest extends BaseHttpTest {
  @Test
  void readsAWholeAnswer() throws Exception {
    try (RawServer server = server((socket, request) -> socket.write(OK))) {
      Answered answer = (Answered) send(server, PATIENCE);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).hasToString("ok");
      assertThat(answer.successful()).isTrue();
    }
  }

  @Test
  void writesMethodPathHeadersAndBody() throws Exception {
    Promise<String> seen = Promise.promise();
    try (RawServer server =
        server(
            (socket, request) -> {
              seen.tryComplete(request);
              socket.write(OK);
            })) {
      HttpAnswer unused = send(call(server.url(), PATIENCE).withHeader("X-One", "1"));

      assertThat(await(seen.future()))
          .startsWith("POST /send HTTP/1.1\r\n")
          .containsIgnoringCase("\r\nx-one: 1\r\n")
          .containsIgnoringCase("\r\nuser-agent: signalbox/1\r\n")
          .endsWith("\r\n\r\n" + RawServer.BODY);
      assertThat(unused).isInstanceOf(Answered.class);
    }
  }

  @Test
  void usesAConnectionAgain() throws Exception {
    try (RawServer server = server((socket, request) -> socket.write(OK))) {
      assertThat(send(server, PATIENCE)).isInstanceOf(Answered.class);
      assertThat(send(server, PATIENCE)).isInstanceOf(Answered.class);

      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void followsNoRedirect() throws Exception {
    String redirect = "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n";
    try (RawServer server = server((socket, request) -> socket.write(redirect))) {
      assertThat(((Answered) send(server, PATIENCE)).status()).isEqualTo(302);
    }
  }

  @Test
  void callsAfterCloseAreNotSent() throws Exception {
    await(on(() -> delivery.close()));
    await(on(() -> delivery.close()));
    expect(
        send(call("http://127.0.0.1:1/", SHORT)), Progress.NOT_CONNECTED, UnansweredCodes.CLOSED);
  }

  @Test
  void answersOnTheContextOfTheCaller() throws Exception {
    try (RawServer server = server((socket, request) -> socket.write(OK))) {
      Context answered =
          await(
              on(
                  () ->
                      delivery
                          .send(call(server.url(), PATIENCE))
                          .map(a -> Vertx.currentContext())));
      assertThat(answered).isSameAs(context);
    }
  }

  @Test
  void textFormsHoldNoSecret() {
    HttpCall call =
        call("http://127.0.0.1/bot123:token/", SHORT).withHeader("Authorization", "key");
    assertThat(call.toString()).doesNotContain("token").doesNotContain("key");
  }
}
