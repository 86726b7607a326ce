package io.signalbox.provider.smsactivate;

import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.Rental;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads rented numbers, which the protocol calls activations. */
final class Activation {
  /**
   * How far the clocks of the service and of the gateway may be apart. Rather too much: what is
   * older than the attempt and has an owner is known, and what is left out stays rented.
   */
  static final Duration CLOCKS = Duration.ofMinutes(10);

  private final SmsActivateConfig config;

  Activation(SmsActivateConfig config) {
    this.config = config;
  }

  /**
   * The number that a call rented, in the form of either of the two actions; empty if the answer is
   * neither.
   */
  Optional<Rental> rented(Answered answer, Instant now) {
    Said said = Said.of(answer);
    String argument = said.argument();
    if (said.is("ACCESS_NUMBER") && argument != null) {
      int colon = argument.indexOf(':');
      return colon < 0
          ? Optional.empty()
          : rental(argument.substring(0, colon), argument.substring(colon + 1), null, null, now);
    }
    return JsonBody.object(answer.body()).flatMap(json -> rental(json, now));
  }

  /** A number as JSON shows it, right after it was rented or in the list of those that live. */
  Optional<Rental> rental(JsonObject json, Instant now) {
    String currency = Values.currency(JsonBody.text(json, "currency"), config.currency());
    return rental(
        JsonBody.text(json, "activationId"),
        JsonBody.text(json, "phoneNumber"),
        Values.price(JsonBody.text(json, "activationCost"), currency),
        Values.time(JsonBody.text(json, "activationTime"), config.zone()),
        now);
  }

  private Optional<Rental> rental(
      @Nullable String id,
      @Nullable String phone,
      @Nullable Price price,
      @Nullable Instant time,
      Instant now) {
    String number = Values.phone(phone);
    if (id == null || !Values.isId(id) || number == null) {
      return Optional.empty();
    }
    Instant startedAt = isOfALivingOne(time, now) ? time : null;
    Instant since = startedAt == null ? now : startedAt;
    return Optional.of(new Rental(id, number, price, startedAt, since.plus(config.lifetime())));
  }

  /**
   * Whether a number that lives now can have begun then. If not, the service's clock shows another
   * zone than the configured one, and its times say nothing.
   */
  private boolean isOfALivingOne(@Nullable Instant time, Instant now) {
    return time != null
        && time.isAfter(now.minus(config.lifetime()).minus(CLOCKS))
        && time.isBefore(now.plus(CLOCKS));
  }
}
