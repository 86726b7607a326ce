package io.signalbox.gateway.rental;

import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.spi.operation.RentalMessage;
import io.signalbox.spi.operation.RentalState;
import io.signalbox.spi.operation.RentalStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows from what a provider said of a rental, and when it is asked next. Pure functions.
 *
 * @param number as it is now
 * @param news whether a message came that was not known, or the one more that was asked for
 * @param followAtMillis when to ask next; 0 for never
 */
record RentalStep(RentedNumber number, boolean news, long followAtMillis) {
  /** For so long a rental is followed whose provider does not say when it ends. */
  static final Duration LONGEST_UNKNOWN = Duration.ofMinutes(60);

  /** So long after its end a rental is asked for once more: the provider's clock may differ. */
  static final Duration GRACE = Duration.ofSeconds(30);

  private static final double GROWTH = 1.5;

  /** The first step after a rent, or after one more code was asked for. */
  static RentalStep begin(RentedNumber number, NumbersSettings settings, long nowMillis) {
    return new RentalStep(number, false, nowMillis + settings.pollAfter().toMillis());
  }

  /**
   * The provider answered.
   *
   * @param said empty if it knows no such rental
   * @param since when the rental was confirmed, epoch milliseconds
   */
  static RentalStep answered(
      RentedNumber before,
      Optional<RentalStatus> said,
      long since,
      NumbersSettings settings,
      long nowMillis) {
    List<RentalMessage> messages =
        said.map(status -> merged(before.messages(), status.messages())).orElse(before.messages());
    RentalState state = said.map(RentalStatus::state).orElse(before.state());
    // The same code once more, as some services send it, is known and yet what was waited for.
    boolean again =
        before.state() == RentalState.WAITING_FOR_ANOTHER && state == RentalState.RECEIVED;
    boolean news = again || messages.size() > before.messages().size();
    long endMillis = end(before, since);
    if (state == RentalState.ENDED) {
      boolean inTime = nowMillis < endMillis - GRACE.toMillis();
      state = inTime ? RentalState.CANCELLED : over(messages);
    }
    if (state.isLive() && nowMillis >= endMillis + GRACE.toMillis()) {
      state = over(messages);
    }
    if (!state.isLive()) {
      return new RentalStep(before.with(state, messages, 0), news, 0);
    }
    int polls = news || state != before.state() ? 0 : before.polls() + 1;
    return new RentalStep(
        before.with(state, messages, polls), news, next(polls, endMillis, settings, nowMillis));
  }

  private static RentalState over(List<RentalMessage> messages) {
    return messages.isEmpty() ? RentalState.EXPIRED : RentalState.FINISHED;
  }

  /** The provider gave no answer. */
  static RentalStep unanswered(
      RentedNumber before, long since, NumbersSettings settings, long nowMillis) {
    return answered(
        before,
        Optional.of(new RentalStatus(before.state(), before.messages())),
        since,
        settings,
        nowMillis);
  }

  private static long end(RentedNumber number, long since) {
    Instant expires = number.expiresAt();
    return expires == null ? since + LONGEST_UNKNOWN.toMillis() : expires.toEpochMilli();
  }

  /** More and more seldom, and at the end once more. */
  private static long next(int polls, long endMillis, NumbersSettings settings, long nowMillis) {
    double wait =
        Math.min(
            (double) settings.pollMax().toMillis(),
            settings.pollAfter().toMillis() * Math.pow(GROWTH, polls));
    long at = nowMillis + Math.round(wait);
    long last = endMillis + GRACE.toMillis();
    return at < last ? at : Math.max(last, nowMillis + settings.pollAfter().toMillis());
  }

  /**
   * What is known and what the provider says now. Some providers tell only the newest code, so what
   * was known stays; what is told again is known already, though its time may come or differ.
   */
  static List<RentalMessage> merged(List<RentalMessage> known, List<RentalMessage> said) {
    List<RentalMessage> all = new ArrayList<>(known);
    for (RentalMessage message : said) {
      if (all.size() < RentedNumber.MOST_MESSAGES
          && all.stream().noneMatch(each -> isSame(each, message))) {
        all.add(message);
      }
    }
    return all;
  }

  /** What one of two leaves open is no difference, if they share something. */
  private static boolean isSame(RentalMessage known, RentalMessage told) {
    boolean shared =
        (known.code() != null && known.code().equals(told.code()))
            || (known.text() != null && known.text().equals(told.text()));
    return shared
        && compatible(known.code(), told.code())
        && compatible(known.text(), told.text())
        && compatible(known.receivedAt(), told.receivedAt());
  }

  private static boolean compatible(@Nullable Object one, @Nullable Object other) {
    return one == null || other == null || one.equals(other);
  }
}
