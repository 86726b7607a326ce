package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CallbackQueue.Limits;
import io.signalbox.gateway.ledger.CallbackQueue.Result;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.Secret;
import io.signalbox.spi.events.NotificationEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A ledger under test that has callback endpoints, and the words in which its tests speak of them.
 */
abstract class CallbackContract extends LedgerContract {
  static final long DISABLE_AFTER = Duration.ofDays(5).toMillis();
  static final long GAP = Duration.ofHours(20).toMillis();
  static final Limits LIMITS = new Limits(DISABLE_AFTER, GAP);
  static final String URL = "https://example.org/hook";
  static final long ALL = Long.MAX_VALUE;
  AttemptId attemptOfLast;

  protected final HeardEvents heard = new HeardEvents();

  @Override
  protected EventOutlet outlet() {
    return heard;
  }

  CallbackLedger callbacks() {
    return opened.callbacks();
  }

  CallbackQueue queue() {
    return opened.callbackQueue();
  }

  /** Takes a notification all the way: three events. */
  NotificationId delivered() throws Exception {
    NotificationId id = begun();
    attemptOfLast = new AttemptId(id, 1);
    settleSent(id, 1, "m1");
    record(id, 1, ReceiptStatus.DELIVERED);
    return id;
  }

  CallbackEndpoint add(String tenant, String... filters) throws Exception {
    CallbackEndpoint endpoint = endpoint(tenant, filters);
    assertThat(await(callbacks().add(endpoint))).isTrue();
    return endpoint;
  }

  CallbackEndpoint endpoint(String tenant, String... filters) {
    return CallbackEndpoint.create(
        ids.next(), tenant, URL, null, filters(filters), secret("whsec_first", NOW), NOW);
  }

  static CallbackSecret secret(String value, long now) {
    return new CallbackSecret(new Secret(value), now, Long.MAX_VALUE);
  }

  static List<EventFilter> filters(String... filters) {
    return List.of(filters).stream().map(text -> EventFilter.parse(text).orElseThrow()).toList();
  }

  static CallbackPatch enabled(boolean wish) {
    return new CallbackPatch(null, null, null, wish);
  }

  static Result result(
      CallbackEndpoint endpoint, Due due, DeliveryState state, long at, String error) {
    return new Result(
        endpoint.id().key(),
        due.key(),
        due.asked(),
        URL,
        true,
        due.attempts() + 1,
        state,
        at + 5_000,
        at,
        12,
        error == null ? 200 : 0,
        error,
        null);
  }

  static Result gone(CallbackEndpoint endpoint, Due due, String url) {
    return new Result(
        endpoint.id().key(),
        due.key(),
        due.asked(),
        url,
        true,
        1,
        DeliveryState.FAILED,
        0,
        NOW,
        1,
        410,
        "refused",
        "gone");
  }

  List<Due> due(CallbackEndpoint endpoint) throws Exception {
    return await(queue().due(endpoint.id().key(), NOW + 100, 100, Set.of())).due().stream()
        .sorted(Comparator.comparingLong(Due::key))
        .toList();
  }

  static List<String> types(List<Due> due) {
    return due.stream()
        .map(each -> each.content().toJsonObject().getString("type").substring(13))
        .toList();
  }

  List<NotificationId> fail(CallbackEndpoint endpoint, Due due, int attempts, long at)
      throws Exception {
    return await(
        queue()
            .record(
                List.of(
                    new Result(
                        endpoint.id().key(),
                        due.key(),
                        due.asked(),
                        URL,
                        true,
                        attempts,
                        DeliveryState.PENDING,
                        at + 5_000,
                        at,
                        12,
                        0,
                        "timeout",
                        null)),
                LIMITS));
  }

  static NotificationEvent testEvent(CallbackEndpoint endpoint) {
    return CallbackEvents.test(endpoint, "evt_test", Instant.ofEpochMilli(NOW));
  }
}
