package io.signalbox.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.gateway.api.Calls.Reply;
import io.signalbox.gateway.security.Role;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is taken of requests that ask for several notifications, if not all can be taken. */
class CompatIntakeApiTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final String EMAILS = "/compat/resend/emails";
  private static final String BATCH = "/compat/resend/emails/batch";
  private static final String TEMPLATE =
      "{\"default_locale\":\"en\",\"locales\":{\"en\":{\"title\":\"t\",\"message\":\"m\"}}}";

  @TempDir private Path dir;
  private DialectGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new DialectGateway(dir, Map.of());
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  @Test
  void aMailForWhoseRecipientsAQuotaIsTooSmallIsSentToNone(@TempDir Path small) throws Exception {
    try (DialectGateway three = new DialectGateway(small, quota(3))) {
      assertThat(resend(three, EMAILS, mail("a@q.test", "b@q.test")).status()).isEqualTo(200);
      String two = mail("c@q.test", "d@q.test");
      for (Reply over :
          List.of(
              resend(three, EMAILS, two),
              resend(three, EMAILS, two, "idempotency-key", "k"),
              resend(three, BATCH, "[" + mail("c@q.test") + "," + mail("d@q.test") + "]"))) {
        assertThat(over.status()).as(over.text()).isEqualTo(429);
        assertThat(over.json().getString("name")).isEqualTo("daily_quota_exceeded");
        assertThat(over.header("retry-after")).matches("[1-9][0-9]*");
      }
      assertThat(three.countTo("c@q.test") + three.countTo("d@q.test")).isZero();
      // What was not taken has cost nothing.
      assertThat(resend(three, EMAILS, mail("e@q.test")).status()).isEqualTo(200);
    }
  }

  @Test
  void ofABatchEachMailIsTakenForAllItsRecipientsOrForNone(@TempDir Path small) throws Exception {
    try (DialectGateway three = new DialectGateway(small, quota(3))) {
      Reply part =
          postmark(
              three,
              postmarkMail("a@q.test, b@q.test"),
              postmarkMail("c@q.test, d@q.test"),
              postmarkMail("e@q.test"));
      assertThat(codes(part)).containsExactly(0, 405, 0);
      assertThat(three.countTo("b@q.test")).isEqualTo(1);
      assertThat(three.countTo("c@q.test") + three.countTo("d@q.test")).isZero();
      assertThat(three.countTo("e@q.test")).isEqualTo(1);
      Reply none = postmark(three, postmarkMail("f@q.test"), postmarkMail("g@q.test"));
      assertThat(codes(none)).containsExactly(405, 405);
    }
  }

  @Test
  void ofAPermissiveBatchToo(@TempDir Path small) throws Exception {
    try (DialectGateway three = new DialectGateway(small, quota(3))) {
      String mails =
          "["
              + mail("a@q.test", "b@q.test")
              + ","
              + mail("c@q.test", "d@q.test")
              + ","
              + mail("e@q.test")
              + "]";
      String[] headers = {"x-batch-validation", "permissive", "idempotency-key", "p"};
      Reply part = resend(three, BATCH, mails, headers);
      assertThat(part.status()).as(part.text()).isEqualTo(200);
      assertThat(part.json().getJsonArray("data")).hasSize(2);
      assertThat(part.json().getJsonArray("errors").getJsonObject(0).getInteger("index"))
          .isEqualTo(1);
      assertThat(three.countTo("c@q.test") + three.countTo("d@q.test")).isZero();
      // What was taken is told again, what was not is refused again.
      Reply again = resend(three, BATCH, mails, headers);
      assertThat(again.json().getJsonArray("data")).isEqualTo(part.json().getJsonArray("data"));
      assertThat(again.json().getJsonArray("errors")).hasSize(1);
    }
  }

  @Test
  void ofARequestWhoseKeyWasUsedNothingIsTaken() throws Exception {
    String[] key = {"idempotency-key", "k"};
    assertThat(resend(EMAILS, mail("a@k.test"), key).status()).isEqualTo(200);
    assertReused(resend(EMAILS, mail("b@k.test", "c@k.test", "d@k.test"), key));
    String[] batch = {"idempotency-key", "k2", "x-batch-validation", "permissive"};
    assertThat(resend(BATCH, "[" + mail("nobody") + "," + mail("e@k.test") + "]", batch).status())
        .isEqualTo(200);
    assertReused(
        resend(
            BATCH,
            "[" + mail("b@k.test") + "," + mail("c@k.test") + "," + mail("d@k.test") + "]",
            batch));
    for (String address : List.of("b@k.test", "c@k.test", "d@k.test")) {
      assertThat(gateway.countTo(address)).as(address).isZero();
    }
  }

  @Test
  void aKeyIsThatOfTheWholeRequestWhateverOfItWasTaken() throws Exception {
    String[] batch = {"idempotency-key", "k3", "x-batch-validation", "permissive"};
    String first = "[" + mail("nobody") + "," + mail("a@w.test") + "]";
    assertThat(resend(BATCH, first, batch).status()).isEqualTo(200);
    // Of its first mail nothing was stored then.
    assertReused(resend(BATCH, "[" + mail("b@w.test") + "]", batch));
    assertReused(resend(BATCH, "[" + mail("b@w.test") + "," + mail("nobody") + "]", batch));
    assertThat(gateway.countTo("b@w.test")).isZero();
    assertThat(resend(BATCH, first, batch).status()).isEqualTo(200);
    assertThat(gateway.countTo("a@w.test")).isEqualTo(1);
  }

  @Test
  void ofRequestsWithOneKeyAtTheSameMomentOneIsTaken() throws Exception {
    List<Integer> statuses = new CopyOnWriteArrayList<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      // The more recipients, the more could be left over.
      String[] to =
          IntStream.rangeClosed(0, i).mapToObj(n -> "r" + n + "@race.test").toArray(String[]::new);
      callers.add(
          new Thread(
              () -> {
                try {
                  statuses.add(resend(EMAILS, mail(to), "idempotency-key", "race").status());
                } catch (Exception e) {
                  statuses.add(-1);
                }
              }));
    }
    callers.forEach(Thread::start);
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(statuses).hasSize(8).containsOnlyOnce(200).containsOnly(200, 409);
    int stored = 0;
    for (int n = 0; n < 8; n++) {
      int to = gateway.countTo("r" + n + "@race.test");
      assertThat(to).as("without gaps").isLessThanOrEqualTo(n == 0 ? 1 : stored == n ? 1 : 0);
      stored += to;
    }
    assertThat(stored).isPositive();
  }

  @Test
  void whatIsRepeatedIsToldAgainThoughItsTemplateIsGone() throws Exception {
    gateway.template("gone", TEMPLATE);
    String two = templated("a@t.test", "b@t.test");
    String[] key = {"idempotency-key", "t"};
    String id = resend(EMAILS, two, key).json().getString("id");
    String permissive = "[" + two + "," + mail("c@t.test") + "]";
    String[] batch = {"idempotency-key", "t2", "x-batch-validation", "permissive"};
    JsonArray ids = resend(BATCH, permissive, batch).json().getJsonArray("data");
    assertThat(ids).hasSize(2);
    removeTemplate();

    Reply again = resend(EMAILS, two, key);
    assertThat(again.status()).as(again.text()).isEqualTo(200);
    assertThat(again.json().getString("id")).isEqualTo(id);
    assertThat(resend(BATCH, permissive, batch).json().getJsonArray("data")).isEqualTo(ids);
    assertThat(resend(EMAILS, two, "idempotency-key", "new").status()).isEqualTo(422);
    assertReused(resend(EMAILS, templated("z@t.test"), key));
    assertThat(gateway.countTo("b@t.test")).isEqualTo(2);
    // Who may not send mails is not told.
    String sms =
        gateway.newKey(
            "{\"name\":\"n\",\"roles\":[\"sender\"],\"scopes\":[\"notifications:write:sms\"]}");
    Reply narrow =
        gateway.send("POST", EMAILS, two, "authorization", "Bearer " + sms, "idempotency-key", "t");
    assertThat(narrow.status()).as(narrow.text()).isEqualTo(422);
  }

  @Test
  void whereItIsNotKnownWhatWasTakenBeforeMistakesAreNotTold() throws Exception {
    gateway.template("gone", TEMPLATE);
    String[] key = {"idempotency-key", "t"};
    String id = resend(EMAILS, templated("a@t.test"), key).json().getString("id");
    removeTemplate();
    gateway.gateway().lookUps().away(true);
    assertThat(resend(EMAILS, templated("a@t.test"), key).status()).isEqualTo(503);
    // What has none is taken all the same, as by a gateway that spools.
    assertThat(resend(EMAILS, mail("b@t.test", "c@t.test"), "idempotency-key", "other").status())
        .isEqualTo(200);
    gateway.gateway().lookUps().away(false);
    assertThat(resend(EMAILS, templated("a@t.test"), key).json().getString("id")).isEqualTo(id);
  }

  @Test
  void aBatchOfWhichNothingCanBeStoredIsRefusedItself() throws Exception {
    String mails = "[" + mail("a@b.test") + "," + mail("nobody") + "," + mail("b@b.test") + "]";
    String[] headers = {"x-batch-validation", "permissive", "idempotency-key", "b"};
    gateway.gateway().press(1);
    for (Reply refused :
        List.of(
            resend(BATCH, mails, headers),
            postmark(gateway, postmarkMail("a@b.test"), postmarkMail("b@b.test")))) {
      assertThat(refused.status()).as(refused.text()).isEqualTo(503);
      assertThat(refused.header("retry-after")).matches("[1-9][0-9]*");
    }
    gateway.gateway().press(0);
    assertThat(resend(BATCH, mails, headers).json().getJsonArray("data")).hasSize(2);
  }

  @Test
  void aTemplateIsFilledInForThousandsOfRecipients() throws Exception {
    gateway.template("gone", TEMPLATE);
    String mails =
        IntStream.range(0, 100)
            .mapToObj(
                i ->
                    templated(
                        IntStream.range(0, 50)
                            .mapToObj(j -> "r" + (i * 50 + j) + "@many.test")
                            .toArray(String[]::new)))
            .collect(Collectors.joining(",", "[", "]"));
    Reply reply = resend(BATCH, mails);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().getJsonArray("data")).hasSize(100);
    assertThat(gateway.countTo("r4999@many.test")).isEqualTo(1);
  }

  private static Map<String, String> quota(int most) {
    return Map.of("quotas.tenant_per_month", String.valueOf(most));
  }

  private static String mail(String... recipients) {
    return new JsonObject()
        .put("from", "s@example.org")
        .put("to", new JsonArray(List.of(recipients)))
        .put("subject", "s")
        .put("text", "t")
        .encode();
  }

  private static String templated(String... recipients) {
    return new JsonObject()
        .put("from", "s@example.org")
        .put("to", new JsonArray(List.of(recipients)))
        .put("template", new JsonObject().put("id", "gone"))
        .encode();
  }

  private static String postmarkMail(String to) {
    return new JsonObject()
        .put("From", "s@example.org")
        .put("To", to)
        .put("Subject", "s")
        .put("TextBody", "t")
        .encode();
  }

  private static Reply postmark(DialectGateway at, String... mails) throws Exception {
    return at.send(
        "POST",
        "/compat/postmark/email/batch",
        "[" + String.join(",", mails) + "]",
        "X-Postmark-Server-Token",
        at.key(),
        "content-type",
        "application/json");
  }

  private static List<Integer> codes(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return new JsonArray(reply.text())
        .stream().map(each -> ((JsonObject) each).getInteger("ErrorCode")).toList();
  }

  private static void assertReused(Reply reply) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(409);
    assertThat(reply.json().getString("name")).isEqualTo("invalid_idempotent_request");
  }

  private Reply resend(String path, String body, String... headers) throws Exception {
    return resend(gateway, path, body, headers);
  }

  private static Reply resend(DialectGateway at, String path, String body, String... headers)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("authorization", "Bearer " + at.key(), "content-type", "application/json"));
    return at.send("POST", path, body, all.toArray(String[]::new));
  }

  /** And waits until the gateway knows. */
  private void removeTemplate() throws Exception {
    Reply removed =
        gateway.send(
            "DELETE",
            "/api/v1/templates/gone",
            "",
            "authorization",
            "Bearer " + gateway.gateway().token(Role.MANAGER));
    assertThat(removed.status()).as(removed.text()).isEqualTo(200);
    await().atMost(LIMIT).until(() -> resend(EMAILS, templated("probe@t.test")).status() == 422);
  }
}
