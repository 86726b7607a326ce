package io.signalbox.gateway.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What operators can prefer, for all channels or for one. The names are those of the columns. */
public enum PreferenceKey {
  /** The id of the provider that goes first while it is usable. */
  PREFERRED_PROVIDER(Kind.TEXT, 0, 40),
  /** Whether another provider may be used than the preferred one, or the first. */
  FALLBACK_ENABLED(Kind.FLAG, 0, 1),
  /** Rounds over the providers after the first one. */
  RETRY_ATTEMPTS(Kind.INTEGER, 0, 99),
  /** Longest wait before the second round, in milliseconds; it doubles with each round. */
  RETRY_DELAY_MS(Kind.INTEGER, 1, 3_600_000),
  /** The success rate in percent below which a provider is degraded. */
  MIN_SUCCESS_RATE(Kind.DECIMAL, 0, 100),
  /** The response time in milliseconds that earns no points. */
  MAX_RESPONSE_TIME_MS(Kind.INTEGER, 1, 600_000),
  /** How providers are scored. */
  POLICY("weighted, adjusted, cheapest"),
  /** How traffic follows the scores. */
  STRATEGY("best, weighted"),
  /** Percent of health in the policy {@code weighted}. */
  HEALTH_WEIGHT(Kind.DECIMAL, 0, 100),
  /** Percent of the priority rank. */
  PRIORITY_WEIGHT(Kind.DECIMAL, 0, 100),
  /** Percent of the response time. */
  RESPONSE_WEIGHT(Kind.DECIMAL, 0, 100),
  /** Percent of the free load. */
  LOAD_WEIGHT(Kind.DECIMAL, 0, 100),
  /** Percent of the success rate in health; the rest is the response time. */
  HEALTH_SUCCESS_SHARE(Kind.DECIMAL, 0, 100);

  /** The four parts of the policy {@code weighted}: given together, and together 100. */
  public static final List<PreferenceKey> WEIGHTS =
      List.of(HEALTH_WEIGHT, PRIORITY_WEIGHT, RESPONSE_WEIGHT, LOAD_WEIGHT);

  /** Kinds of values. */
  public enum Kind {
    /** A {@link String}. */
    TEXT,
    /** A {@link Boolean}. */
    FLAG,
    /** A {@link Long}. */
    INTEGER,
    /** A {@link Double}. */
    DECIMAL
  }

  private final String wireName = name().toLowerCase(Locale.ROOT);
  private final Kind kind;
  private final double min;
  private final double max;

  /** The words that a text may be, with commas between; empty for any text. */
  private final String words;

  PreferenceKey(Kind kind, double min, double max) {
    this.kind = kind;
    this.min = min;
    this.max = max;
    this.words = "";
  }

  PreferenceKey(String words) {
    this.kind = Kind.TEXT;
    this.min = 0;
    this.max = 0;
    this.words = words;
  }

  /** The name in JSON and the column. */
  public String wireName() {
    return wireName;
  }

  /** The kind of its values. */
  public Kind kind() {
    return kind;
  }

  /** Finds a key by its wire name. */
  public static Optional<PreferenceKey> find(String wireName) {
    return Arrays.stream(values()).filter(key -> key.wireName.equals(wireName)).findFirst();
  }

  /**
   * Takes a value.
   *
   * @param given a String, Boolean or Number, as JSON has them
   * @return the value in the class of its kind, or null if it is not one that the key can have
   */
  public @Nullable Object accept(Object given) {
    return switch (kind) {
      case TEXT -> given instanceof String text && isWord(text) ? text : null;
      case FLAG -> given instanceof Boolean ? given : null;
      case INTEGER -> isWhole(given) && isWithin((Number) given) ? whole((Number) given) : null;
      case DECIMAL -> given instanceof Number number && isWithin(number) ? decimal(number) : null;
    };
  }

  /** What its values are, in words for people. */
  public String expected() {
    return switch (kind) {
      case TEXT ->
          words.isEmpty()
              ? "must be a text of 1 to " + (int) max + " characters"
              : "must be one of " + words;
      case FLAG -> "must be true or false";
      case INTEGER -> "must be a whole number from " + (long) min + " to " + (long) max;
      case DECIMAL -> "must be a number from " + (long) min + " to " + (long) max;
    };
  }

  private boolean isWord(String text) {
    return words.isEmpty()
        ? !text.isBlank() && text.length() <= max
        : List.of(words.split(", ", -1)).contains(text);
  }

  private static boolean isWhole(Object given) {
    return given instanceof Integer || given instanceof Long;
  }

  private boolean isWithin(Number number) {
    return number.doubleValue() >= min && number.doubleValue() <= max;
  }

  private static Object whole(Number number) {
    return number.longValue();
  }

  private static Object decimal(Number number) {
    return number.doubleValue();
  }
}
