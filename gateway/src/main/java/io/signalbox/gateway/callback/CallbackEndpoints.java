package io.signalbox.gateway.callback;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.CallbackMessages.EndpointsChanged;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.CallbackSettings;
import io.signalbox.gateway.ledger.Act;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackEvents;
import io.signalbox.gateway.ledger.CallbackForm;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackLedger;
import io.signalbox.gateway.ledger.CallbackLedger.TooManySecretsException;
import io.signalbox.gateway.ledger.CallbackPatch;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.EventFilter;
import io.signalbox.gateway.ledger.Redelivery;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationIds;
import io.signalbox.gateway.security.ApiKeyText;
import io.signalbox.spi.Secret;
import io.signalbox.spi.events.NotificationEvent;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What people do with callback endpoints. Each belongs to a tenant; for others it does not exist,
 * and every call about it fails with a {@link GatewayException} of status 404. Thread-safe.
 */
public final class CallbackEndpoints {
  private final CallbackLedger ledger;
  private final Bus bus;
  private final CallbackSettings config;
  private final AddressRules rules;
  private final NotificationIds ids;
  private final SecureRandom random;
  private final Clock clock;

  /** Makes the service. */
  public CallbackEndpoints(
      CallbackLedger ledger,
      Bus bus,
      CallbackSettings config,
      NotificationIds ids,
      SecureRandom random,
      Clock clock) {
    this.ledger = ledger;
    this.bus = bus;
    this.config = config;
    this.rules = new AddressRules(config.allowedNetworks());
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  /** The same, whose changes are an administrator's act and stand in the audit log. */
  public CallbackEndpoints by(Act act) {
    return new CallbackEndpoints(ledger.by(act), bus, config, ids, random, clock);
  }

  /** What is wrong with a URL, to complete a sentence; empty if an endpoint can have it. */
  public Optional<String> urlProblem(String url) {
    try {
      InetAddress literal = CallbackUrl.parse(url, config.allowHttp()).literal();
      return literal == null || rules.allow(literal)
          ? Optional.empty()
          : Optional.of(
              "must not name a private, loopback or otherwise special address;"
                  + " callbacks.allowed_networks can allow it");
    } catch (CallbackUrl.NotUsableException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Adds an endpoint. What it is given has been checked.
   *
   * @param secret of its own; null to have one made
   * @return fails with status 409 if the tenant has too many
   */
  public Future<CallbackEndpoint> add(
      String tenant,
      String url,
      CallbackForm form,
      @Nullable String description,
      List<EventFilter> filters,
      @Nullable Secret secret) {
    long now = clock.millis();
    CallbackSecret signing = secret(secret, form.format(), now);
    CallbackEndpoint endpoint =
        CallbackEndpoint.create(ids.next(), tenant, url, form, description, filters, signing, now);
    return ledger
        .add(endpoint)
        .compose(
            added ->
                added
                    ? Future.succeededFuture(endpoint)
                    : Future.failedFuture(
                        new GatewayException(
                            409,
                            "there are "
                                + CallbackLedger.MAX_ENDPOINTS
                                + " callback endpoints already; remove one first")))
        .onSuccess(this::changed);
  }

  /**
   * The endpoint of an API key's messages in a format; made if there is none.
   *
   * @return its id; empty if the tenant has too many of them
   */
  Future<Optional<String>> forMessages(
      String tenant, CallbackFormat format, MessageCallbacks.Key key) {
    long now = clock.millis();
    CallbackEndpoint wish =
        CallbackEndpoint.create(
            ids.next(),
            tenant,
            "",
            new CallbackForm(format, null, key.id()),
            null,
            List.of(EventFilter.ALL),
            new CallbackSecret(key.text(), now, Long.MAX_VALUE),
            now);
    return ledger
        .ensure(
            wish,
            secret -> ApiKeyText.isOne(secret.reveal()),
            now + config.secretOverlap().toMillis())
        .onSuccess(found -> found.filter(wish::equals).ifPresent(this::changed))
        .map(found -> found.map(endpoint -> endpoint.id().toString()));
  }

  /** Whether secrets are stored sealed now. */
  boolean seals() {
    return ledger.seals();
  }

  /** All endpoints of a tenant, oldest first. */
  public Future<List<CallbackEndpoint>> all(String tenant) {
    return ledger.all(tenant);
  }

  /** One endpoint. */
  public Future<CallbackEndpoint> find(String tenant, String id) {
    return withId(id, known -> ledger.find(tenant, known).compose(CallbackEndpoints::orUnknown));
  }

  /**
   * Changes what the patch names. What it holds has been checked.
   *
   * @param check looks at what is there, in one step with the change; what it throws fails the
   *     result and changes nothing
   */
  public Future<CallbackEndpoint> change(
      String tenant, String id, CallbackPatch patch, Consumer<CallbackEndpoint> check) {
    return withId(
        id,
        known ->
            ledger
                .change(tenant, known, patch, clock.millis(), check)
                .compose(CallbackEndpoints::orUnknown)
                .onSuccess(this::changed));
  }

  /** Removes an endpoint with its log, after a look as above. */
  public Future<Void> remove(String tenant, String id, Consumer<CallbackEndpoint> check) {
    return withId(
        id,
        known ->
            ledger
                .remove(tenant, known, clock.millis(), check)
                .compose(
                    removed ->
                        removed
                            ? Future.<Void>succeededFuture()
                            : Future.<Void>failedFuture(unknown()))
                .onSuccess(this::changed));
  }

  /**
   * Gives an endpoint a new secret; the old one signs too for a while.
   *
   * @param secret of its own; null to have one made
   * @param check as above
   * @return fails with status 409 if too many secrets are valid, and with status 422 if the
   *     endpoint's format has no such secrets
   */
  public Future<CallbackEndpoint> rotate(
      String tenant, String id, @Nullable Secret secret, Consumer<CallbackEndpoint> check) {
    return find(tenant, id).compose(found -> rotate(found, secret, check));
  }

  private Future<CallbackEndpoint> rotate(
      CallbackEndpoint endpoint, @Nullable Secret secret, Consumer<CallbackEndpoint> check) {
    CallbackFormat format = endpoint.form().format();
    Optional<String> problem =
        secret == null ? Optional.empty() : CallbackSecrets.problem(format, secret.reveal());
    if (problem.isPresent()) {
      return Future.failedFuture(new GatewayException(422, "secret " + problem.get()));
    }
    long now = clock.millis();
    return withId(
        endpoint.id().toString(),
        known ->
            ledger
                .rotate(
                    endpoint.tenant(),
                    known,
                    secret(secret, format, now),
                    now + config.secretOverlap().toMillis(),
                    check)
                .recover(
                    failure ->
                        Future.failedFuture(
                            failure instanceof TooManySecretsException
                                ? new GatewayException(409, String.valueOf(failure.getMessage()))
                                : failure))
                .compose(CallbackEndpoints::orUnknown)
                .onSuccess(this::changed));
  }

  /**
   * Sends a test event, whatever the endpoint's filters say.
   *
   * @return the event's id; fails with status 409 if the endpoint is disabled
   */
  public Future<String> test(String tenant, String id) {
    return find(tenant, id)
        .compose(
            endpoint -> {
              if (endpoint.form().perMessage()) {
                return Future.failedFuture(
                    new GatewayException(
                        409, "the endpoint has no address: each message names its own"));
              }
              NotificationEvent event =
                  CallbackEvents.test(endpoint, "evt_" + ids.next(), clock.instant());
              return ledger
                  .sendTo(endpoint.id(), event)
                  .compose(
                      sent ->
                          sent
                              ? Future.succeededFuture(event.id())
                              : Future.failedFuture(
                                  new GatewayException(
                                      409, "the endpoint is disabled; enable it first")));
            });
  }

  /** A page of the delivery log, newest first; see {@link CallbackLedger#deliveries}. */
  public Future<List<CallbackDelivery>> deliveries(
      String tenant, String id, @Nullable DeliveryState state, long before, int limit) {
    return find(tenant, id)
        .compose(endpoint -> ledger.deliveries(endpoint.id(), state, before, limit));
  }

  /** Sends events of the log once more; returns how many. */
  public Future<Integer> redeliver(String tenant, String id, Redelivery which) {
    return find(tenant, id)
        .compose(endpoint -> ledger.redeliver(tenant, endpoint.id(), which, clock.millis()));
  }

  private CallbackSecret secret(@Nullable Secret given, CallbackFormat format, long nowMillis) {
    Secret value = given == null ? CallbackSecrets.make(format, random) : given;
    return new CallbackSecret(value, nowMillis, Long.MAX_VALUE);
  }

  private void changed(@Nullable Object what) {
    bus.publish(Addresses.CALLBACKS_CHANGED, new EndpointsChanged());
  }

  private static <T> Future<T> withId(String id, Function<NotificationId, Future<T>> call) {
    return NotificationId.parse(id).map(call).orElseGet(() -> Future.failedFuture(unknown()));
  }

  private static <T> Future<T> orUnknown(Optional<T> found) {
    return found.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(unknown()));
  }

  private static GatewayException unknown() {
    return new GatewayException(404, "there is no callback endpoint of that id");
  }
}
