package io.signalbox.gateway.callback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.signalbox.gateway.compat.hooks.Hooks;
import io.signalbox.gateway.config.CallbackSettings;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.Sha256;
import io.signalbox.spi.Secret;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that messages which name an address of their own have an endpoint that tells of them,
 * without anybody having made one: it signs with the API key that the messages come with, because
 * that is what the application verifies by. What the ledger said is remembered for half a minute,
 * and while it does not answer for ten. Thread-safe.
 */
public final class MessageCallbacks {
  private static final int REMEMBERED = 10_000;
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(10);
  private static final long ASKED_AGAIN_AFTER_MILLIS = 30_000;

  private final CallbackEndpoints endpoints;
  private final CallbackSettings config;
  private final Clock clock;
  private final Cache<String, Known> known =
      Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(REMEMBERED_FOR).build();

  /** Makes the service. */
  public MessageCallbacks(CallbackEndpoints endpoints, CallbackSettings config, Clock clock) {
    this.endpoints = endpoints;
    this.config = config;
    this.clock = clock;
  }

  /** What the ledger said, and when. */
  private record Known(String endpoint, long atMillis) {}

  /**
   * With what messages come.
   *
   * @param id of the API key
   */
  public record Key(String id, Secret text) {}

  /**
   * What is wrong with an address, to complete a sentence; empty if callbacks can go there.
   *
   * @param key with which the message comes; null if it is no API key
   */
  public Optional<String> problem(String url, @Nullable Key key) {
    if (config.perMessage() == CallbackSettings.PerMessage.OFF) {
      return Optional.of("is not called: callbacks.per_message is off");
    }
    if (config.perMessage() == CallbackSettings.PerMessage.SEALED && !endpoints.seals()) {
      return Optional.of("is not called: callbacks.per_message wants contents that are sealed");
    }
    if (key == null) {
      return Optional.of("is called for messages that come with an API key alone");
    }
    return endpoints.urlProblem(Hooks.withoutFragment(url));
  }

  /** In whose words a dialect's applications are told; empty for one that has no callbacks. */
  public static Optional<CallbackFormat> format(String dialect) {
    int end = dialect.indexOf('-');
    return CallbackFormat.find(end < 0 ? dialect : dialect.substring(0, end))
        .filter(found -> found != CallbackFormat.CLOUDEVENTS);
  }

  /**
   * The id of the endpoint that tells of a key's messages; made if there is none.
   *
   * @return empty if the tenant has too many of them
   */
  public Future<Optional<String>> endpoint(String tenant, CallbackFormat format, Key key) {
    String place = tenant + ' ' + format.wireName() + ' ' + hash(key.text());
    Known last = known.getIfPresent(place);
    long now = clock.millis();
    if (last != null && Math.abs(now - last.atMillis()) < ASKED_AGAIN_AFTER_MILLIS) {
      return Future.succeededFuture(Optional.of(last.endpoint()));
    }
    return endpoints
        .forMessages(tenant, format, key)
        .onSuccess(found -> found.ifPresent(id -> known.put(place, new Known(id, now))))
        .recover(
            failure ->
                last == null
                    ? Future.failedFuture(failure)
                    : Future.succeededFuture(Optional.of(last.endpoint())));
  }

  private static String hash(Secret text) {
    return HexFormat.of().formatHex(Sha256.of(text.reveal().getBytes(StandardCharsets.UTF_8)));
  }
}
