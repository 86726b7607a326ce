package io.signalbox.gateway.api;

import io.signalbox.gateway.api.CompatReader.Read;
import io.signalbox.gateway.callback.MessageCallbacks;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.CallbackLink;
import io.signalbox.gateway.security.ApiKeyText;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Secret;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Ties notifications that name an address to the endpoint that tells of them. Thread-safe. */
final class CompatCallbacks {
  private final MessageCallbacks callbacks;

  CompatCallbacks(ApiServices services) {
    this.callbacks =
        new MessageCallbacks(services.callbacks(), services.config().callbacks(), services.clock());
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

  /**
   * Ties what is about to be stored and names an address to the endpoint that tells of it, which is
   * made if there is none. Of a request that is refused for its mistakes, or only checked, no API
   * key is kept. One without mistakes leaves the endpoint, with the key, also if it is then refused
   * for a quota, for another's idempotency key, or because nothing is stored now.
   *
   * @param known the places of what was stored before
   * @return what was read, tied, or refused if there can be no endpoint for it
   */
  Future<List<Read>> tie(CompatIntake.Task task, List<Read> read, Set<Integer> known) {
    MessageCallbacks.Key key = task.key();
    CallbackFormat format = format(task).orElse(null);
    List<Integer> places =
        IntStream.range(0, read.size())
            .filter(i -> read.get(i).item() != null && !known.contains(i))
            .filter(i -> task.asked().notifications().get(i).memo().callbackUrl() != null)
            .boxed()
            .toList();
    if (key == null || format == null || places.isEmpty()) {
      return Future.succeededFuture(read);
    }
    return callbacks
        .endpoint(task.caller().tenant(), format, key)
        .map(
            found -> {
              List<AskedNotification> all = task.asked().notifications();
              List<Read> tied = new ArrayList<>(read);
              places.forEach(i -> tied.set(i, tied(all.get(i), read.get(i), found)));
              return CompatReader.together(all, tied);
            });
  }

  private static Read tied(AskedNotification asked, Read read, Optional<String> endpoint) {
    IntakeItem item = read.item();
    if (item == null || endpoint.isEmpty()) {
      return new Read(
          null, refusal(asked, "is not called: callbacks of too many API keys are asked for"));
    }
    JsonObject content = item.content().toJsonObject();
    CallbackLink.put(content.getJsonObject(DialectMemo.FIELD), endpoint.get());
    return CompatReader.fitting(item.with(content.toBuffer()));
  }

  private static Optional<CallbackFormat> format(CompatIntake.Task task) {
    return MessageCallbacks.format(task.dialect().name());
  }

  /** Why a notification is refused for the address that it names; empty if it is not. */
  Optional<Refusal> refusal(CompatIntake.Task task, AskedNotification asked) {
    String url = asked.memo().callbackUrl();
    if (url == null) {
      return Optional.empty();
    }
    Optional<String> problem =
        format(task).isEmpty()
            ? Optional.of("is not called: there are no callbacks in this API's words")
            : callbacks.problem(url, task.key());
    return problem.map(detail -> refusal(asked, detail));
  }

  private static Refusal refusal(AskedNotification asked, String detail) {
    return Refusal.of(asked.field(DialectMemo.CALLBACK_POINTER), detail);
  }
}
