package io.signalbox.provider.fivesim;

import io.signalbox.spi.operation.Price;
import io.signalbox.spi.operation.Rental;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import io.signalbox.toolkit.JsonBody;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An order as 5sim writes it.
 *
 * @param id 5sim's id
 * @param country in 5sim's words; empty if it does not say
 * @param product in 5sim's words; empty if it does not say
 * @param startedAt null if it does not say
 * @param rental the number that was rented
 * @param status how the order stands
 */
record FiveSimOrder(
    long id,
    String country,
    String product,
    @Nullable Instant startedAt,
    Rental rental,
    RentalStatus status) {
  /** A number with its country, as 5sim writes it; the plus is put there if it is missing. */
  private static final Pattern PHONE = Pattern.compile("\\+?[0-9]{5,15}");

  private static final int DECIMALS = 6;

  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,18})?");

  /**
   * Reads an order.
   *
   * @param currency what prices are counted in
   * @return empty if it has no id, number or known status
   */
  static Optional<FiveSimOrder> read(JsonObject json, String currency) {
    OptionalLong id = JsonBody.integer(json, "id");
    String phone = JsonBody.text(json, "phone");
    List<RentalMessage> messages = messages(JsonBody.array(json, "sms"));
    RentalState state = state(JsonBody.text(json, "status"), !messages.isEmpty());
    if (id.isEmpty()
        || id.getAsLong() < 0
        || phone == null
        || !PHONE.matcher(phone).matches()
        || state == null) {
      return Optional.empty();
    }
    Instant startedAt = time(JsonBody.text(json, "created_at"));
    return Optional.of(
        new FiveSimOrder(
            id.getAsLong(),
            Objects.requireNonNullElse(JsonBody.text(json, "country"), ""),
            Objects.requireNonNullElse(JsonBody.text(json, "product"), ""),
            startedAt,
            new Rental(
                String.valueOf(id.getAsLong()),
                phone.startsWith("+") ? phone : "+" + phone,
                price(JsonBody.text(json, "price"), currency),
                startedAt,
                time(JsonBody.text(json, "expires"))),
            new RentalStatus(state, messages)));
  }

  /** An amount as 5sim writes it, rounded to a millionth; null if it is none. */
  static @Nullable Price price(@Nullable String text, String currency) {
    return text != null && AMOUNT.matcher(text).matches()
        ? new Price(rounded(new BigDecimal(text)), currency)
        : null;
  }

  private static BigDecimal rounded(BigDecimal amount) {
    return amount.scale() > DECIMALS ? amount.setScale(DECIMALS, RoundingMode.HALF_UP) : amount;
  }

  private static @Nullable RentalState state(@Nullable String status, boolean hasMessages) {
    if (status == null) {
      return null;
    }
    return switch (status) {
      case "PENDING", "RECEIVED" -> hasMessages ? RentalState.RECEIVED : RentalState.WAITING;
      case "FINISHED" -> RentalState.FINISHED;
      case "CANCELED" -> RentalState.CANCELLED;
      case "TIMEOUT" -> RentalState.EXPIRED;
      case "BANNED" -> RentalState.BANNED;
      default -> null;
    };
  }

  /** The oldest first; 5sim promises no order. */
  private static List<RentalMessage> messages(JsonArray sms) {
    return IntStream.range(0, sms.size())
        .mapToObj(index -> message(JsonBody.object(sms, index)))
        .flatMap(Optional::stream)
        .sorted(
            Comparator.comparing(
                message -> Objects.requireNonNullElse(message.receivedAt(), Instant.MAX)))
        .toList();
  }

  private static Optional<RentalMessage> message(JsonObject sms) {
    String code = filled(JsonBody.text(sms, "code"));
    String text = filled(JsonBody.text(sms, "text"));
    return code == null && text == null
        ? Optional.empty()
        : Optional.of(new RentalMessage(code, text, time(JsonBody.text(sms, "created_at"))));
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  /** A time as 5sim writes it; null if it is none. */
  static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException noTime) {
      return null;
    }
  }

  /** Without number and messages. */
  @Override
  public String toString() {
    return "FiveSimOrder[" + id + " " + status.state().wireName() + "]";
  }
}
