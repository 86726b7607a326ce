package io.signalbox.provider.resend;

import io.signalbox.spi.Receipt;
import io.signalbox.spi.StatusQuery;
import io.signalbox.toolkit.Correlation;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.LookUpException;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Finds the mail of an attempt: by its id, or, where no answer told the id, among the team's mails
 * of that time to that address, by the tag that names the notification. Makes three calls at most,
 * one after the other, since Resend allows two a second.
 */
final class MailSearch {
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z-]{1,64}");
  private static final int MAX_CANDIDATES = 2;

  /** How long Resend answers a repeat under the same key with the mail of the first attempt. */
  private static final Duration KEY_LIFE = Duration.ofHours(24);

  /** Longer than any attempt takes to reach Resend. */
  private static final Duration ATTEMPT = Duration.ofMinutes(10);

  private final ResendConfig config;
  private final Function<HttpCall, Future<Answered>> asker;
  private final InstantSource clock;

  /**
   * Searches with these calls.
   *
   * @param asker makes a call; fails if no answer comes
   */
  MailSearch(ResendConfig config, Function<HttpCall, Future<Answered>> asker, InstantSource clock) {
    this.config = config;
    this.asker = asker;
    this.clock = clock;
  }

  /** Whether a URL can hold it. */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  Future<Optional<Receipt>> find(StatusQuery query) {
    Search search = new Search(query, clock.instant().plus(query.timeout()));
    String id = query.providerMessageId();
    if (id != null) {
      return isId(id)
          ? search.mail(id).map(mail -> mail.map(found -> found.receipt(query, clock.instant())))
          : Future.succeededFuture(Optional.empty());
    }
    // Without a tag of ours on the mail there is nothing to know it by.
    return Correlation.attemptId(query.idempotencyKey()) == null
        ? Future.succeededFuture(Optional.empty())
        : search.byTag();
  }

  /** One search and the time that it must end by. */
  private final class Search {
    private final StatusQuery query;
    private final Instant deadline;
    private final Instant earliest;
    private final Instant latest;

    Search(StatusQuery query, Instant deadline) {
      this.query = query;
      this.deadline = deadline;
      this.earliest = query.attemptedAt().minus(KEY_LIFE);
      this.latest = query.attemptedAt().plus(ATTEMPT);
    }

    Future<Optional<SentMail>> mail(String id) {
      return ask("/emails/" + id).map(answer -> SentMail.read(answer, id));
    }

    /** Among the newest mails; fails if ours may be one that was not looked at. */
    Future<Optional<Receipt>> byTag() {
      return ask("/emails?limit=100")
          .map(MailList::read)
          .compose(
              list -> {
                List<String> ids =
                    list.mails().stream()
                        .filter(mail -> mail.mayBe(query.recipient().address(), earliest, latest))
                        .map(MailList.Mail::id)
                        .toList();
                boolean reached =
                    !list.more() || list.mails().stream().anyMatch(mail -> mail.isBefore(earliest));
                boolean allSeen = reached && ids.size() <= MAX_CANDIDATES;
                return firstOfOurs(ids.stream().limit(MAX_CANDIDATES).iterator())
                    .compose(
                        found ->
                            found.isPresent() || allSeen
                                ? Future.succeededFuture(found)
                                : Future.failedFuture(tooMany()));
              });
    }

    private Future<Optional<Receipt>> firstOfOurs(Iterator<String> ids) {
      if (!ids.hasNext()) {
        return Future.succeededFuture(Optional.empty());
      }
      return mail(ids.next())
          .compose(
              mail ->
                  mail.filter(found -> found.isOf(query.idempotencyKey())).isPresent()
                      ? Future.succeededFuture(
                          mail.map(found -> found.receipt(query, clock.instant())))
                      : firstOfOurs(ids));
    }

    private Future<Answered> ask(String path) {
      Duration left = Duration.between(clock.instant(), deadline);
      if (left.isNegative() || left.isZero()) {
        return Future.failedFuture(new LookUpException("the time for the look-up is over"));
      }
      Duration timeout = left.compareTo(query.timeout()) < 0 ? left : query.timeout();
      return asker.apply(
          HttpCall.get(config.baseUrl() + path, timeout).withBearer(config.apiKey()));
    }

    private LookUpException tooMany() {
      return new LookUpException("too many mails were sent since the attempt to find this one");
    }
  }
}
