package io.signalbox.provider.calcom;

import io.signalbox.provider.calcom.CalComErrors.Effect;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.CheckResult;
import io.signalbox.spi.Evidence;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ProviderContext;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.WebhookReceiver;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.spi.WebhookResult;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Attendee;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingProvider;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpCall;
import io.signalbox.toolkit.HttpOperationProvider;
import io.signalbox.toolkit.NotSent;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Books through one Cal.com account by its API v2. */
final class CalComProvider extends HttpOperationProvider
    implements BookingProvider, WebhookReceiver {
  private static final int NOT_FOUND = 404;

  private final CalComConfig config;
  private final BookingBody body;
  private final CalComErrors errors;
  private final CalComWebhooks webhooks;

  CalComProvider(CalComConfig config, ProviderContext context) {
    super(context);
    this.config = config;
    this.body = new BookingBody(config.eventTypes());
    this.errors = new CalComErrors(config.apiKey());
    this.webhooks = new CalComWebhooks(config.webhookSecrets());
  }

  @Override
  public Future<Answer<Booking>> book(BookingRequest request) {
    Optional<Outcome> refused = body.refusal(request);
    if (refused.isPresent()) {
      return Future.succeededFuture(new Answer.Failed<>(refused.get()));
    }
    return call(
        signedIn(HttpCall.postJson(config.bookingsUrl(), body.of(request), request.timeout())),
        request.traceparent(),
        answer -> written(answer, request.attendee()));
  }

  @Override
  public Future<Answer<List<Booking>>> findBookings(BookingSearch search) {
    String url = config.bookingsUrl() + "?" + BookingList.parameters(search);
    return call(
        get(url, search.timeout()),
        answer ->
            answer.successful()
                ? BookingList.found(answer, search.attemptId())
                : new Answer.Failed<>(
                    errors.outcome(answer, Effect.READS, search.attendee(), now())));
  }

  @Override
  public Future<Answer<Optional<Booking>>> booking(String uid, Duration timeout) {
    return BookingJson.isUid(uid)
        ? call(get(url(uid), timeout), this::read)
        : Future.succeededFuture(new Answer.Done<>(Optional.empty(), notAUid()));
  }

  @Override
  public Future<Answer<Booking>> cancelBooking(
      String uid, @Nullable String reason, Duration timeout) {
    if (!BookingJson.isUid(uid)) {
      return noSuchBooking();
    }
    JsonObject wish = new JsonObject();
    if (reason != null) {
      wish.put("cancellationReason", reason);
    }
    Instant deadline = now().plus(timeout);
    return this.<Booking>call(
            signedIn(HttpCall.postJson(url(uid) + "/cancel", wish, timeout)),
            answer -> written(answer, null))
        .compose(answer -> cancelled(uid, answer, deadline));
  }

  @Override
  public Future<Answer<Booking>> reschedule(
      String uid, Instant start, @Nullable String reason, Duration timeout) {
    if (!BookingJson.isUid(uid)) {
      return noSuchBooking();
    }
    JsonObject wish = new JsonObject().put("start", start.toString());
    if (reason != null) {
      wish.put("reschedulingReason", reason);
    }
    return call(
        signedIn(HttpCall.postJson(url(uid) + "/reschedule", wish, timeout)),
        answer -> written(answer, null));
  }

  @Override
  public Future<WebhookResult> receive(WebhookRequest request) {
    return Future.succeededFuture(webhooks.receive(request));
  }

  /** Lists the bookings that were made since now: none, and only with a good key. */
  @Override
  public Future<CheckResult> check() {
    return check(
        get(config.bookingsUrl() + "?" + BookingList.since(now()), checkTimeout()),
        answer ->
            answer.successful()
                ? CheckResult.healthy("Cal.com takes the key")
                : CheckResult.unhealthy("Cal.com answers " + answer.status()));
  }

  /**
   * The documents do not say how Cal.com answers a booking that is cancelled already, nor whether
   * its answer to a cancellation shows the booking: where the answer does not say that the booking
   * is cancelled, it is read.
   */
  private Future<Answer<Booking>> cancelled(String uid, Answer<Booking> answer, Instant deadline) {
    Duration left = Duration.between(now(), deadline);
    if (isCancelled(answer) || !mayBeCancelled(answer) || left.isNegative() || left.isZero()) {
      return Future.succeededFuture(answer);
    }
    return booking(uid, left)
        .map(
            read ->
                read instanceof Answer.Done<Optional<Booking>> found
                    ? found
                        .value()
                        .filter(booking -> booking.state() == BookingState.CANCELLED)
                        .<Answer<Booking>>map(
                            booking -> new Answer.Done<>(booking, found.evidence()))
                        .orElse(answer)
                    : answer);
  }

  private static boolean isCancelled(Answer<Booking> answer) {
    return answer instanceof Answer.Done<Booking> done
        && done.value().state() == BookingState.CANCELLED;
  }

  /** A refusal may mean that there is nothing left to cancel; so may a success without details. */
  private static boolean mayBeCancelled(Answer<Booking> answer) {
    int status = answer.evidence().httpStatus();
    return (status >= 200 && status < 300) || status == 400 || status == 409;
  }

  /** What a call that changes something has led to. */
  private Answer<Booking> written(Answered answer, @Nullable Attendee attendee) {
    Optional<Booking> booking =
        answer.successful() ? BookingJson.booking(answer) : Optional.empty();
    return booking.isPresent()
        ? new Answer.Done<>(booking.get(), answer.evidence(null, null))
        : new Answer.Failed<>(errors.outcome(answer, Effect.WRITES, attendee, now()));
  }

  private Answer<Optional<Booking>> read(Answered answer) {
    Optional<Booking> booking =
        answer.successful() ? BookingJson.booking(answer) : Optional.empty();
    Outcome outcome = errors.outcome(answer, Effect.READS, null, now());
    boolean unknown = answer.status() == NOT_FOUND && outcome instanceof Outcome.Rejected;
    return booking.isPresent() || unknown
        ? new Answer.Done<>(booking, outcome.evidence())
        : new Answer.Failed<>(outcome);
  }

  private static <T> Future<Answer<T>> noSuchBooking() {
    return Future.succeededFuture(
        new Answer.Failed<>(new Outcome.Rejected(ReasonClass.INVALID_CONTENT, notAUid())));
  }

  private static Evidence notAUid() {
    return NotSent.evidence("uid", "no booking of Cal.com has such a uid");
  }

  private String url(String uid) {
    return config.bookingsUrl() + "/" + uid;
  }

  private HttpCall get(String url, Duration timeout) {
    return signedIn(HttpCall.get(url, timeout));
  }

  /** Without the version an old one answers, with other shapes. */
  private HttpCall signedIn(HttpCall call) {
    return call.withHeader("Accept", "application/json")
        .withHeader("cal-api-version", CalComConfig.BOOKINGS_VERSION)
        .withBearer(config.apiKey());
  }
}
