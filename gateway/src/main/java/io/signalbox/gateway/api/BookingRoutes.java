package io.signalbox.gateway.api;

import io.signalbox.gateway.booking.Alteration;
import io.signalbox.gateway.booking.AlterationWish;
import io.signalbox.gateway.booking.BookingDesk.Changed;
import io.signalbox.gateway.booking.BookingReading.Seen;
import io.signalbox.gateway.booking.BookingRules;
import io.signalbox.gateway.booking.BookingWish;
import io.signalbox.gateway.booking.Bookings;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.config.BookingSettings;
import io.signalbox.gateway.failure.ErrorProblem;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.gateway.operation.NewOperation;
import io.signalbox.gateway.operation.Operations.Submitted;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/bookings}: making appointments, reading, moving and calling them off. */
final class BookingRoutes {
  private static final String PATH = "/api/v1/bookings";
  private static final int MAX_BODY_BYTES = 64 << 10;
  private static final String POLL_SECONDS = "1";

  /** A booking that may be queued is answered so soon where nobody can be asked now. */
  private static final Duration FIRST_LOOK = Duration.ofSeconds(2);

  private final ApiServices services;

  BookingRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.post(PATH).handler(gate.keyed(Access.BOOKINGS_CHANGE, this::book));
    router.get(PATH).handler(gate.allow(Access.BOOKINGS_READ, this::list));
    router.get(PATH + "/:uid").handler(gate.allow(Access.BOOKINGS_READ, this::read));
    router.post(PATH + "/:uid/cancel").handler(gate.keyed(Access.BOOKINGS_CHANGE, this::cancel));
    router
        .post(PATH + "/:uid/reschedule")
        .handler(gate.keyed(Access.BOOKINGS_CHANGE, this::reschedule));
  }

  private Bookings bookings() {
    return services.bookings();
  }

  private void book(RoutingContext ctx, Caller caller) {
    String key = key(ctx);
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .compose(body -> submit(ctx, caller, key, body))
        .onComplete(
            submitted -> {
              personal(ctx);
              OperationAnswers.submitted(ctx, submitted, PATH, BookingJson::write);
            },
            failure -> OperationAnswers.refused(ctx, failure));
  }

  private Future<Submitted> submit(
      RoutingContext ctx, Caller caller, @Nullable String key, JsonObject body) {
    Instant now = services.clock().instant();
    String digest = Fingerprint.of(ctx.request(), JsonBody.bytes(ctx));
    BookingWish wish = BookingBody.read(body, now, bookings().market().providers());
    BookingSettings settings = services.config().bookings();
    Duration patience =
        BookingRules.patience(body, now, settings.queueFor(), settings.queueForMost());
    Duration wait = PreferWait.of(ctx.request());
    boolean queues = !patience.isZero();
    return OperationIntake.submit(
            services,
            ctx,
            caller,
            bookings().operations(),
            new NewOperation(
                caller.tenant(),
                Channel.BOOKING,
                wish.eventType(),
                null,
                wish.toJson(),
                key,
                digest,
                queues && wait.compareTo(FIRST_LOOK) > 0 ? FIRST_LOOK : wait,
                patience,
                Correlation.of(ctx)))
        .compose(
            submitted ->
                queues && isWorkedOn(submitted.operation())
                    ? goOnWaiting(caller, submitted, wait.minus(FIRST_LOOK))
                    : Future.succeededFuture(submitted));
  }

  private static boolean isWorkedOn(Operation operation) {
    return operation.state() == OperationState.TRYING
        || operation.state() == OperationState.UNSETTLED;
  }

  private Future<Submitted> goOnWaiting(Caller caller, Submitted first, Duration wait) {
    return wait.isNegative()
        ? Future.succeededFuture(first)
        : bookings()
            .operations()
            .await(caller.tenant(), first.operation().id(), wait)
            .map(now -> new Submitted(now.orElse(first.operation()), first.repeated()));
  }

  private void read(RoutingContext ctx, Caller caller) {
    boolean fresh =
        ctx.request().headers().getAll(HttpHeaders.CACHE_CONTROL).stream()
            .anyMatch(header -> header.toLowerCase(Locale.ROOT).contains("no-cache"));
    bookings()
        .desk()
        .find(caller.tenant(), Answers.pathParam(ctx, "uid"))
        .compose(
            found ->
                found.isEmpty()
                    ? Future.<Seen>failedFuture(noSuch())
                    : bookings().reading().look(found.get(), fresh))
        .onComplete(
            seen -> {
              personal(ctx);
              if (seen.operation().result() != null) {
                ctx.response().putHeader(HttpHeaders.AGE, String.valueOf(seen.ageMillis() / 1_000));
              }
              Answers.json(ctx, 200, BookingJson.write(seen));
            },
            failure -> Problem.send(ctx, failure));
  }

  private void cancel(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .onComplete(
            body -> change(ctx, caller, Alteration.Type.CANCEL, null, body),
            failure -> Problem.send(ctx, failure));
  }

  private void reschedule(RoutingContext ctx, Caller caller) {
    JsonBody.read(ctx, MAX_BODY_BYTES)
        .onComplete(
            body ->
                Answers.orProblem(
                    ctx,
                    () -> {
                      Instant start = BookingBody.start(body, services.clock().instant());
                      change(ctx, caller, Alteration.Type.RESCHEDULE, start, body);
                    }),
            failure -> Problem.send(ctx, failure));
  }

  private void change(
      RoutingContext ctx,
      Caller caller,
      Alteration.Type type,
      @Nullable Instant start,
      JsonObject body) {
    AlterationWish wish =
        new AlterationWish(
            type,
            start,
            body.getString("reason"),
            key(ctx),
            Fingerprint.of(ctx.request(), JsonBody.bytes(ctx)));
    bookings()
        .desk()
        .change(caller.tenant(), Answers.pathParam(ctx, "uid"), wish, PreferWait.of(ctx.request()))
        .compose(
            changed ->
                changed.map(Future::succeededFuture).orElseGet(() -> Future.failedFuture(noSuch())))
        .onComplete(
            changed -> changed(ctx, changed), failure -> OperationAnswers.refused(ctx, failure));
  }

  private static void changed(RoutingContext ctx, Changed changed) {
    ErrorProblem problem = changed.problem();
    if (problem != null) {
      Problem.send(ctx, problem, null);
      return;
    }
    personal(ctx);
    JsonObject json = BookingJson.write(changed.operation());
    if (changed.isOpen()) {
      ctx.response()
          .putHeader(HttpHeaders.LOCATION, PATH + "/" + changed.operation().id())
          .putHeader(HttpHeaders.RETRY_AFTER, POLL_SECONDS);
      Answers.json(ctx, 202, json);
    } else {
      Answers.json(ctx, 200, json);
    }
  }

  private void list(RoutingContext ctx, Caller caller) {
    BookingQuery query = BookingQuery.read(caller.tenant(), NamedTexts.of(ctx.queryParams()));
    bookings()
        .ledger()
        .page(query.filter(), query.before(), query.limit())
        .onComplete(
            page -> {
              personal(ctx);
              Answers.json(ctx, 200, query.page(page));
            },
            failure -> Problem.send(ctx, failure));
  }

  private static @Nullable String key(RoutingContext ctx) {
    String key = Idempotency.key(ctx);
    return key.isEmpty() ? null : key;
  }

  private static GatewayException noSuch() {
    return new GatewayException(404, "there is no booking of that id");
  }

  /** Attendees are in it: no cache may keep it. */
  private static void personal(RoutingContext ctx) {
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}
