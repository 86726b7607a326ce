package io.signalbox.gateway.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.compat.DialectCall.Sending;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that stands in the query of a call that sends is dropped without a word. */
class QueriesTest {
  private static final String SMS = "{\"from\":\"Acme\",\"to\":\"447700900000\"}";

  static Stream<Sending> calls() {
    return Dialects.all().stream()
        .flatMap(dialect -> dialect.calls().stream())
        .filter(Sending.class::isInstance)
        .map(Sending.class::cast);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aNameThatNobodyKnowsIsRefused(Sending call) {
    assertThatThrownBy(() -> call.read(request("{}", "colour", "red")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("colour ");
  }

  @ParameterizedTest
  @CsvSource({
    "to, 447700900001, text, hi, to must not stand in the query and in the body",
    "text, hi, text, ho, text must not stand in the query more than once",
    "text, hi, api_key, a, ",
  })
  void whatStandsTwiceInAnSmsIsAMistake(
      String first, String value, String second, String other, String mistake) {
    DialectRequest request = request(SMS, first, value, second, other);
    Sending sms = call("/sms/json");
    if (mistake == null) {
      assertThat(message(sms.read(request))).isEqualTo("hi");
    } else {
      assertThatThrownBy(() -> sms.read(request))
          .isInstanceOf(RefusedException.class)
          .hasMessage(mistake);
    }
  }

  @Test
  void aParameterThatIsNotReadMayNotStandTwiceEither() {
    assertThatThrownBy(
            () ->
                call("/sms/json").read(request(SMS, "text", "hi", "api_key", "a", "api_key", "b")))
        .isInstanceOf(RefusedException.class)
        .hasMessage("api_key must not stand in the query more than once");
  }

  @Test
  void aMessageMayHaveItsCredentialInTheQueryAndNothingElse() {
    String body =
        "{\"message_type\":\"text\",\"channel\":\"sms\",\"from\":\"Acme\",\"to\":\"447700900000\","
            + "\"text\":\"hi\"}";
    Sending messages = call("/v1/messages");
    assertThat(message(messages.read(request(body, "api_key", "a", "api_secret", "b"))))
        .isEqualTo("hi");
    assertThatThrownBy(() -> messages.read(request(body, "api_key", "a", "text", "ho")))
        .isInstanceOf(RefusedException.class)
        .hasMessageStartingWith("text must not stand in the query");
  }

  private static String message(Asked asked) {
    List<AskedNotification> all = asked.notifications();
    assertThat(all).hasSize(1);
    return all.get(0).notification().getString("message");
  }

  private static Sending call(String path) {
    return calls().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }

  private static DialectRequest request(String body, String... query) {
    MultiMap parameters = Requests.query(Map.of(), query).query();
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("content-type", "application/json");
    return new DialectRequest(Map.of(), parameters, headers, Buffer.buffer(body), Requests.NOW);
  }
}
