package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place that events are sent to.
 *
 * @param id a UUIDv7, made like those of notifications
 * @param url empty for an endpoint whose addresses come with the messages
 * @param form how it is told
 * @param description the application's own words; null if there are none
 * @param filters which events it wants
 * @param secrets what signs, newest first; at least one
 * @param enabled whether it gets events now
 * @param disabledReason why not: a short lower-case word; null while it is enabled
 * @param disabledAtMillis since when not; 0 while it is enabled
 * @param failingSinceMillis when the first attempt since the last success failed; 0 if none did
 */
public record CallbackEndpoint(
    NotificationId id,
    String tenant,
    String url,
    CallbackForm form,
    @Nullable String description,
    List<EventFilter> filters,
    List<CallbackSecret> secrets,
    boolean enabled,
    @Nullable String disabledReason,
    long disabledAtMillis,
    long failingSinceMillis,
    long createdAtMillis,
    long updatedAtMillis) {

  /** Disabled by a person. */
  public static final String BY_HAND = "by_hand";

  /** Disabled because it answered 410. */
  public static final String GONE = "gone";

  /** Disabled because nothing arrived for too long. */
  public static final String FAILING = "failing";

  /** Copies the lists. */
  public CallbackEndpoint {
    filters = List.copyOf(filters);
    secrets = List.copyOf(secrets);
  }

  /** A new endpoint for CloudEvents, enabled. */
  public static CallbackEndpoint create(
      NotificationId id,
      String tenant,
      String url,
      @Nullable String description,
      List<EventFilter> filters,
      CallbackSecret secret,
      long nowMillis) {
    return create(
        id, tenant, url, CallbackForm.CLOUDEVENTS, description, filters, secret, nowMillis);
  }

  /** A new endpoint, enabled. */
  public static CallbackEndpoint create(
      NotificationId id,
      String tenant,
      String url,
      CallbackForm form,
      @Nullable String description,
      List<EventFilter> filters,
      CallbackSecret secret,
      long nowMillis) {
    return new CallbackEndpoint(
        id,
        tenant,
        url,
        form,
        description,
        filters,
        List.of(secret),
        true,
        null,
        0,
        0,
        nowMillis,
        nowMillis);
  }
}
