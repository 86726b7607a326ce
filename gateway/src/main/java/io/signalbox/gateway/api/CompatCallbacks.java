package io.signalbox.gateway.api;

import io.signalbox.gateway.callback.MessageCallbacks;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackLink;
import io.signalbox.gateway.security.ApiKeyText;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Secret;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Ties notifications that name an address to the endpoint that tells of them. Thread-safe. */
final class CompatCallbacks {
  private final MessageCallbacks callbacks;

  CompatCallbacks(ApiServices services) {
    this.callbacks =
        new MessageCallbacks(services.callbacks(), services.config().callbacks(), services.clock());
  }

  /**
   * To which endpoint the notifications of a request are tied that name an address.
   *
   * @param endpoint its id; null if none does, or there is none
   */
  record Link(@Nullable String endpoint) {
    private static final Link NONE = new Link(null);

    /** What is stored of the request beside a notification. */
    JsonObject tied(DialectMemo memo) {
      JsonObject json = memo.toJson();
      if (endpoint != null && memo.callbackUrl() != null) {
        CallbackLink.put(json, endpoint);
      }
      return json;
    }
  }

  /** The API key that a caller has shown; null if it was another credential. */
  static MessageCallbacks.@Nullable Key key(Caller caller, Optional<String> presented) {
    return caller.credential() != Caller.Credential.API_KEY
        ? null
        : presented
            .flatMap(
                text ->
                    ApiKeyText.id(text).map(id -> new MessageCallbacks.Key(id, new Secret(text))))
            .orElse(null);
  }

  /** Finds the endpoint, or has it made; asks nobody for requests that name no address. */
  Future<Link> link(CompatIntake.Task task) {
    MessageCallbacks.Key key = task.key();
    CallbackFormat format = format(task).orElse(null);
    if (key == null || format == null || !named(task, key)) {
      return Future.succeededFuture(Link.NONE);
    }
    return callbacks
        .endpoint(task.caller().tenant(), format, key)
        .map(found -> new Link(found.orElse(null)));
  }

  /** Whether any notification names an address that can be called. */
  private boolean named(CompatIntake.Task task, MessageCallbacks.Key key) {
    return task.asked().notifications().stream()
        .map(asked -> asked.memo().callbackUrl())
        .anyMatch(url -> url != null && callbacks.problem(url, key).isEmpty());
  }

  private static Optional<CallbackFormat> format(CompatIntake.Task task) {
    return MessageCallbacks.format(task.dialect().name());
  }

  /** Why a notification is refused for the address that it names; empty if it is not. */
  Optional<Refusal> refusal(CompatIntake.Task task, Link link, AskedNotification asked) {
    String url = asked.memo().callbackUrl();
    if (url == null) {
      return Optional.empty();
    }
    Optional<String> problem =
        format(task).isEmpty()
            ? Optional.of("is not called: there are no callbacks in this API's words")
            : callbacks.problem(url, task.key());
    if (problem.isEmpty() && link.endpoint() == null) {
      problem = Optional.of("is not called: callbacks of too many API keys are asked for");
    }
    return problem.map(detail -> Refusal.of(asked.field(DialectMemo.CALLBACK_POINTER), detail));
  }
}
