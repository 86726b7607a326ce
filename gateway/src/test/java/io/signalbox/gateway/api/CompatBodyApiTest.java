package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.api.Calls.Reply;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies of dialects that are coded, or larger than any notification. */
class CompatBodyApiTest {
  private static final String SENDGRID = "/compat/sendgrid/v3/mail/send";
  private static final String JSON = "application/json";

  /** More than any attachment that providers take. */
  private static final int LARGE_BYTES = 45 << 20;

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
  void aBodyMayBeInGzip() throws Exception {
    Reply sent = sendGrid(zip(mail("gzip@body.test")), "gzip");
    assertThat(sent.status()).as(sent.text()).isEqualTo(202);
    assertThat(gateway.countTo("gzip@body.test")).isEqualTo(1);
    assertThat(sendGrid(mail("same@body.test"), "identity").status()).isEqualTo(202);
    // Where the body itself has the key.
    String sms =
        "{\"api_key\":\"a\",\"api_secret\":\"%s\",\"from\":\"A\",\"to\":\"14155552345\",\"text\":\"x\"}";
    Reply vonage =
        gateway.post(
            "/compat/vonage/sms/json",
            zip(sms.replace("%s", gateway.key()).getBytes(StandardCharsets.UTF_8)),
            "content-type",
            JSON,
            "content-encoding",
            "gzip");
    assertThat(vonage.json().getJsonArray("messages").getJsonObject(0).getString("status"))
        .as(vonage.text())
        .isEqualTo("0");
  }

  @Test
  void whatIsNoGzipAndWhatIsAnotherCodingIsRefused() throws Exception {
    assertSendGrid(sendGrid(mail("a@body.test"), "gzip"), 400, "is not gzip");
    byte[] whole = zip(mail("a@body.test"));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 12);
    assertSendGrid(sendGrid(cut, "gzip"), 400, "is not gzip");
    assertSendGrid(sendGrid(mail("a@body.test"), "br"), 415, "Content-Encoding must be gzip");
    assertThat(gateway.countTo("a@body.test")).isZero();
  }

  @Test
  void aSmallBodyThatBecomesALargeOneIsRefused() throws Exception {
    byte[] bomb = zip(new byte[32 << 20]);
    assertThat(bomb.length).isLessThan(4 << 20);
    assertSendGrid(sendGrid(bomb, "gzip"), 413, "bytes");
  }

  @Test
  void whatIsFarTooLargeIsToldInTheApisOwnForm() throws Exception {
    byte[] large = new byte[LARGE_BYTES];
    assertSendGrid(sendGrid(large, "identity"), 413, "bytes");
    Reply resend =
        gateway.post("/compat/resend/emails", large, "authorization", "Bearer " + gateway.key());
    assertThat(resend.status()).isEqualTo(413);
    assertThat(resend.json().getInteger("statusCode")).isEqualTo(413);
    Reply postmark =
        gateway.post("/compat/postmark/email", large, "x-postmark-server-token", gateway.key());
    assertThat(postmark.status()).isEqualTo(413);
    assertThat(postmark.json().getInteger("ErrorCode")).isPositive();
    byte[] pair = ("api:" + gateway.key()).getBytes(StandardCharsets.UTF_8);
    Reply mailgun =
        gateway.post(
            "/compat/mailgun/v3/b.test/messages",
            large,
            "authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair));
    assertThat(mailgun.status()).isEqualTo(413);
    assertThat(mailgun.json().fieldNames()).containsExactly("message");
  }

  private static byte[] mail(String to) {
    return ("{\"personalizations\":[{\"to\":[{\"email\":\""
            + to
            + "\"}]}],\"from\":{\"email\":\"f@b.test\"},\"subject\":\"s\","
            + "\"content\":[{\"type\":\"text/plain\",\"value\":\"t\"}]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(byte[] body) {
    return Gzip.zip(Buffer.buffer(body)).getBytes();
  }

  private static Reply sendGrid(byte[] body, String coding) throws Exception {
    return gateway.post(
        SENDGRID,
        body,
        "authorization",
        "Bearer " + gateway.key(),
        "content-type",
        JSON,
        "content-encoding",
        coding);
  }

  private static void assertSendGrid(Reply reply, int status, String message) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(status);
    assertThat(reply.json().getJsonArray("errors").getJsonObject(0).getString("message"))
        .contains(message);
  }
}
