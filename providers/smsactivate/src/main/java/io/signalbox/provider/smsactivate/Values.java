package io.signalbox.provider.smsactivate;

import io.signalbox.spi.operation.Price;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads ids, numbers, money and times as the protocol writes them. Nothing makes these throw. */
final class Values {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
  private static final Pattern PHONE = Pattern.compile("\\+?([1-9][0-9]{4,14})");
  private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,12}(\\.[0-9]{1,12})?(E-?[0-9])?");
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,9}");
  private static final int DECIMALS = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** Three letters by the number of ISO 4217; of several with one number the first one. */
  private static final Map<String, String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .sorted(Comparator.comparing(Currency::getCurrencyCode))
          .collect(
              Collectors.toUnmodifiableMap(
                  currency -> Integer.toString(currency.getNumericCode()),
                  Currency::getCurrencyCode,
                  (first, second) -> first));

  private Values() {}

  /** Whether a text can be the id of an activation. */
  static boolean isId(@Nullable String text) {
    return text != null && ID.matcher(text).matches();
  }

  /** A telephone number in E.164 form, which the protocol writes without its plus; else null. */
  static @Nullable String phone(@Nullable String text) {
    Matcher matcher = PHONE.matcher(text == null ? "" : text);
    return matcher.matches() ? "+" + matcher.group(1) : null;
  }

  /** An amount of money, a number or a text in JSON. */
  static Optional<BigDecimal> amount(@Nullable String text) {
    if (text == null || !AMOUNT.matcher(text).matches()) {
      return Optional.empty();
    }
    BigDecimal amount = new BigDecimal(text);
    return Optional.of(
        amount.scale() > DECIMALS
            ? amount.setScale(DECIMALS, RoundingMode.HALF_UP)
            : amount.scale() < 0 ? amount.setScale(0, RoundingMode.UNNECESSARY) : amount);
  }

  static @Nullable Price price(@Nullable String amount, String currency) {
    return amount(amount).map(value -> new Price(value, currency)).orElse(null);
  }

  /** The letters of a currency that the protocol names by its number. */
  static String currency(@Nullable String number, String otherwise) {
    return number == null ? otherwise : CURRENCIES.getOrDefault(number, otherwise);
  }

  /** How many there are; 0 if the text is no number. */
  static int count(@Nullable String text) {
    return text != null && COUNT.matcher(text).matches() ? Integer.parseInt(text) : 0;
  }

  /** A time, which the protocol writes without its zone; null if the text is none. */
  static @Nullable Instant time(@Nullable String text, ZoneId zone) {
    try {
      return text == null ? null : LocalDateTime.parse(text, TIME).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
