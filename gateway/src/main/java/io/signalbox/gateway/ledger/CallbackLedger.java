package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.spi.Secret;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Callback endpoints and their delivery logs, as people see them. An endpoint belongs to a tenant,
 * and for others it does not exist. Thread-safe.
 */
public interface CallbackLedger {
  /** How many endpoints a tenant may have. */
  int MAX_ENDPOINTS = 100;

  /** How many secrets of an endpoint may be valid at a time. */
  int MAX_SECRETS = 10;

  /** How many endpoints of API keys' messages a tenant may have besides. */
  int MAX_PER_MESSAGE = 100;

  /** Whether secrets are stored sealed now. */
  boolean seals();

  /** Stores an endpoint; false if the tenant has too many. */
  Future<Boolean> add(CallbackEndpoint endpoint);

  /**
   * The endpoint of an API key's messages in a format: as it is, or else as it is wished. Where the
   * key has been given another text since, the endpoint's secret follows, unless it was given a
   * secret that is none.
   *
   * @param wish with a {@link CallbackForm#apiKey} and its one secret
   * @param isKeyText whether a secret is the text of an API key
   * @param overlapUntilMillis until when a text before is known, so that clients that still have it
   *     do not bring it back
   * @return as it is then; empty if the key has ended, or the tenant has too many of that kind
   *     whose keys have not
   */
  Future<Optional<CallbackEndpoint>> ensure(
      CallbackEndpoint wish, Predicate<Secret> isKeyText, long overlapUntilMillis);

  /**
   * Removes the endpoints of API keys' messages, of every tenant, and the texts of keys with them.
   *
   * @return how many there were
   */
  Future<Integer> removePerMessage(long nowMillis);

  /** All endpoints of a tenant, oldest first. */
  Future<List<CallbackEndpoint>> all(String tenant);

  /** One endpoint; empty if the tenant has none of that id. */
  Future<Optional<CallbackEndpoint>> find(String tenant, NotificationId id);

  /** Changes an endpoint and returns what it is then; empty if there is none of that id. */
  default Future<Optional<CallbackEndpoint>> change(
      String tenant, NotificationId id, CallbackPatch patch, long nowMillis) {
    return change(tenant, id, patch, nowMillis, found -> {});
  }

  /**
   * The same in one step with a look at what is there.
   *
   * @param check what it throws fails the result and changes nothing; pure, since it may run twice
   */
  Future<Optional<CallbackEndpoint>> change(
      String tenant,
      NotificationId id,
      CallbackPatch patch,
      long nowMillis,
      Consumer<CallbackEndpoint> check);

  /**
   * Gives an endpoint a new secret.
   *
   * @param overlapUntilMillis until when the one before signs too
   * @return the endpoint then; empty if there is none of that id
   * @throws TooManySecretsException as the Future's failure, if {@link #MAX_SECRETS} are valid
   */
  default Future<Optional<CallbackEndpoint>> rotate(
      String tenant, NotificationId id, CallbackSecret secret, long overlapUntilMillis) {
    return rotate(tenant, id, secret, overlapUntilMillis, found -> {});
  }

  /** The same in one step with a look at what is there, as for a change. */
  Future<Optional<CallbackEndpoint>> rotate(
      String tenant,
      NotificationId id,
      CallbackSecret secret,
      long overlapUntilMillis,
      Consumer<CallbackEndpoint> check);

  /** Removes an endpoint with its log; false if there is none of that id. */
  default Future<Boolean> remove(String tenant, NotificationId id, long nowMillis) {
    return remove(tenant, id, nowMillis, found -> {});
  }

  /** The same in one step with a look at what is there, as for a change. */
  Future<Boolean> remove(
      String tenant, NotificationId id, long nowMillis, Consumer<CallbackEndpoint> check);

  /** Sends one endpoint an event whatever its filters say; false if it is not enabled. */
  Future<Boolean> sendTo(NotificationId id, NotificationEvent event);

  /**
   * The delivery log, newest first.
   *
   * @param state only those; null for all
   * @param before only what stands before this key; {@link Long#MAX_VALUE} for the first page
   * @param limit 1 to 1000
   */
  Future<List<CallbackDelivery>> deliveries(
      NotificationId id, @Nullable DeliveryState state, long before, int limit);

  /** Sends events once more, as if they were new, some at a time; returns how many. */
  Future<Integer> redeliver(String tenant, NotificationId id, Redelivery which, long nowMillis);

  /** The same, whose changes of endpoints are an administrator's act and stand in the audit log. */
  CallbackLedger by(Act act);

  /** An endpoint has as many valid secrets as it may have. */
  final class TooManySecretsException extends RuntimeException {
    /** Makes the exception, without a stack trace: it is an answer, not a bug. */
    public TooManySecretsException() {
      super("the endpoint has " + MAX_SECRETS + " valid secrets", null, false, false);
    }
  }
}
