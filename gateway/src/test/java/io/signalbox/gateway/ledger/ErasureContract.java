package io.signalbox.gateway.ledger;

import io.signalbox.gateway.ledger.AuditEntry.Who;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Receipt;
import io.signalbox.spi.Recipient;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A ledger under test that forgets recipients, and the words in which its tests speak of it. */
public abstract class ErasureContract extends SuppressionContract {
  static final String OTHER = "somebody.else@example.org";
  private static final List<String> TABLES =
      List.of(
          "notifications",
          "provider_requests",
          "webhook_events",
          "webhook_bodies",
          "webhook_work",
          "booking_events",
          "notification_events",
          "events",
          "suppressions",
          "erasures",
          "request_keys",
          "operations",
          "idempotency_keys",
          "audit_log");

  /** An order begins to look through notifications so much later. */
  static final long SETTLED = 2_000;

  static final Who WHO = new Who(TENANT, "boss", "::1", "c-1");

  /** After all that these tests accept. */
  final long later = System.currentTimeMillis() + 60_000;

  protected final Erasure erase(String address) throws Exception {
    Erasure ordered = await(opened.erasures().order(address, WHO, later));
    return finished(ordered.id(), later + SETTLED);
  }

  final Erasure finished(long id, long nowMillis) throws Exception {
    while (await(opened.erasures().eraseSome(nowMillis))) {
      // A page in each call.
    }
    return await(opened.erasures().erasure(TENANT, id)).orElseThrow();
  }

  protected final NotificationId to(String address) throws Exception {
    AcceptRequest request =
        request(
            notification(Channel.EMAIL, List.of(new Recipient.Email(address)), List.of(), false));
    await(ledger().accept(request));
    return request.id();
  }

  final NotificationId ended(String address, NotificationState state) throws Exception {
    NotificationId id = to(address);
    await(ledger().begin(start(id, 1)));
    settle(id, 1, state == NotificationState.SENT ? sent("m-" + id) : broken(), finish(state));
    return id;
  }

  /** Whether any text or bytes that the store holds have it. */
  final boolean isAnywhere(String address) throws Exception {
    for (String table : TABLES) {
      for (String row : askStore("SELECT * FROM " + table)) {
        if (row.toLowerCase(Locale.ROOT).contains(address)) {
          return true;
        }
      }
    }
    return false;
  }

  static WebhookBody webhook(String body, Receipt... receipts) {
    return new WebhookBody(
        "alpha",
        NOW,
        "POST",
        "https://gateway.example/webhooks/alpha",
        "{}",
        Buffer.buffer(body),
        null,
        List.of(receipts),
        Set.of(Channel.EMAIL));
  }
}
