package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Postmark's API over sockets, with the requests that its SDKs make. */
class PostmarkApiTest {
  private static final String EMAIL = "/compat/postmark/email";
  private static final String BATCH = "/compat/postmark/email/batch";

  /** As Postmark.JS sends it, without asking for tracking. */
  private static final String MAIL =
      "{\"From\":\"sender@example.com\",\"To\":\"receiver@example.com\",\"Subject\":\"S\","
          + "\"TextBody\":\"t\",\"HtmlBody\":\"<b>t</b>\",\"MessageStream\":\"outbound\","
          + "\"Metadata\":{\"mid\":\"m1\"},\"Tag\":\"x\",\"TrackLinks\":\"None\"}";

  @TempDir private static Path dir;
  private static DialectGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway = new DialectGateway(dir, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aMailIsStoredWithWhatIsToldAgain() throws Exception {
    Reply sent = post(EMAIL, MAIL);
    assertThat(sent.status()).as(sent.text()).isEqualTo(200);
    assertThat(sent.json().getInteger("ErrorCode")).isZero();
    assertThat(sent.json().getString("Message")).isEqualTo("OK");
    assertThat(sent.json().getString("To")).isEqualTo("receiver@example.com");
    assertThat(sent.json().getString("SubmittedAt")).isNotBlank();
    JsonObject timeline = gateway.timeline(sent.json().getString("MessageID"));
    assertThat(timeline.getJsonObject("notification").getString("html")).isEqualTo("<b>t</b>");
    JsonObject memo = timeline.getJsonObject("compat");
    assertThat(memo.getJsonObject("custom").getString("mid")).isEqualTo("m1");
    assertThat(memo.getJsonArray("labels")).isEqualTo(new JsonArray().add("x"));
    assertThat(memo.getString("account")).isEqualTo("outbound");
  }

  @Test
  void theSlashOfTheJavaSdkIsTaken() throws Exception {
    String java =
        "{\n  \"From\" : \"sender@example.com\",\n  \"To\" : \"receiver@example.com\",\n"
            + "  \"Subject\" : \"S\",\n  \"HtmlBody\" : \"t\",\n  \"Attachments\" : [ ]\n}";
    assertThat(post(EMAIL + "/", java).json().getInteger("ErrorCode")).isZero();
  }

  @Test
  void severalRecipientsAreOneMessage() throws Exception {
    String to = "\\\"A, B\\\" <a@two.test>, b@two.test";
    Reply sent = post(EMAIL, MAIL.replace("receiver@example.com", to));
    assertThat(sent.json().getString("To")).isEqualTo("\"A, B\" <a@two.test>, b@two.test");
    JsonObject second = gateway.timeline(gateway.idTo("b@two.test"));
    assertThat(second.getJsonObject("compat").getString("message"))
        .isEqualTo(sent.json().getString("MessageID"));
  }

  @Test
  void mistakesHavePostmarksCodes() throws Exception {
    assertError(post(EMAIL, MAIL.replace("receiver@example.com", "bad")), 422, 300, "'To' address");
    assertError(post(EMAIL, with("\"Cc\":\"a@b.test\"")), 422, 300, "'Cc' cannot be carried");
    assertError(post(EMAIL, with("\"TrackOpens\":true")), 422, 300, "'TrackOpens' cannot");
    assertError(post(EMAIL, with("\"Colour\":true")), 422, 300, "'Colour' is not a field");
    assertError(post(EMAIL, with("\"Attachments\":[{\"Name\":\"a\"}]")), 422, 411, "'Attachments'");
    assertError(
        post(EMAIL, "{\"From\":\"a@b.test\",\"To\":\"a@b.test\",\"Subject\":\"s\"}"),
        422,
        300,
        "'TextBody' or html is required");
    assertError(post(EMAIL, "{"), 422, 402, "not JSON");
    assertThat(post(EMAIL, with("\"TrackOpens\":false,\"Cc\":\"\",\"Headers\":[]")).status())
        .isEqualTo(200);
  }

  @Test
  void wrongTokensArePostmarks401() throws Exception {
    Reply wrong = gateway.send("POST", EMAIL, MAIL, "X-Postmark-Server-Token", "server-token");
    assertError(wrong, 401, 10, "Request does not contain a valid Server token.");
    assertError(gateway.send("POST", EMAIL, MAIL), 401, 10, "");
  }

  @Test
  void aBatchIsAnsweredMailByMail() throws Exception {
    String good = MAIL.replace("receiver@example.com", "g@batch.test");
    String half = MAIL.replace("receiver@example.com", "h@batch.test, bad");
    String refused = with("\"Bcc\":\"x@y.test\"");
    String late = good.replace("\"t\"", "\"" + "x".repeat(100_001) + "\"");
    Reply reply = post(BATCH, "[" + String.join(",", good, half, refused, late, "5") + "]");
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    JsonArray answers = new JsonArray(reply.text());
    assertThat(answers.stream().map(each -> ((JsonObject) each).getInteger("ErrorCode")))
        .containsExactly(0, 300, 300, 300, 300);
    assertThat(answers.getJsonObject(0).getString("To")).isEqualTo("g@batch.test");
    assertThat(answers.getJsonObject(3).getString("Message"))
        .isEqualTo("'TextBody' must have at most 100000 characters.");
    assertThat(gateway.countTo("g@batch.test")).isEqualTo(1);
    assertThat(gateway.countTo("h@batch.test")).isZero();
    String many = String.join(",", Collections.nCopies(501, "{}"));
    assertError(post(BATCH, "[" + many + "]"), 422, 410, "at most 500 mails");
    assertError(post(BATCH, "{}"), 422, 300, "list");
  }

  private static String with(String member) {
    return "{" + member + "," + MAIL.substring(1);
  }

  private static void assertError(Reply reply, int status, int code, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.json().getInteger("ErrorCode")).as(reply.text()).isEqualTo(code);
    assertThat(reply.json().getString("Message")).contains(message);
  }

  private static Reply post(String path, String body) throws Exception {
    return gateway.send(
        "POST",
        path,
        body,
        "X-Postmark-Server-Token",
        gateway.key(),
        "content-type",
        "application/json");
  }
}
