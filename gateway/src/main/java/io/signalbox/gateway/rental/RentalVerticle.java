package io.signalbox.gateway.rental;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.RentalHint;
import io.signalbox.gateway.call.CalledBy;
import io.signalbox.gateway.call.NumberCall.ReadRental;
import io.signalbox.gateway.call.ProviderCalls;
import io.signalbox.gateway.config.NumbersSettings;
import io.signalbox.gateway.ledger.Operation;
import io.signalbox.gateway.ledger.OperationLedger;
import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.operation.Accounts;
import io.signalbox.spi.Channel;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.RentalStatus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks providers what came in at rented numbers, until each has its end. When each is due stands in
 * the ledger, so that a restart, or another node, goes on.
 */
public final class RentalVerticle extends VerticleBase {
  /** What is told when a code came. */
  static final String NEWS = "code_received";

  private static final Logger LOG = LoggerFactory.getLogger(RentalVerticle.class);
  private static final long TICK_MILLIS = 250;
  private static final int MOST_UNDER_WAY = 64;

  /** So that a provider that answers late, or never, leaves the others their turns. */
  static final int MOST_AT_ONE_PROVIDER = 16;

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Bus bus;
  private final ProviderCalls calls;
  private final OperationLedger ledger;
  private final NumbersSettings settings;
  private final Clock clock;

  /** The provider of each rental that is asked for now. */
  private final Map<NotificationId, String> underWay = new HashMap<>();

  private boolean looking;
  private boolean told;

  /** Makes the verticle; nothing is asked before it is deployed. */
  public RentalVerticle(
      Bus bus, ProviderCalls calls, OperationLedger ledger, NumbersSettings settings, Clock clock) {
    this.bus = bus;
    this.calls = calls;
    this.ledger = ledger;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    bus.listen(Addresses.RENTALS, RentalHint.class, this::hinted);
    // Ends with the verticle's context.
    vertx.setPeriodic(TICK_MILLIS, tick -> look());
    return Future.succeededFuture();
  }

  private void look() {
    if (looking || underWay.size() >= MOST_UNDER_WAY) {
      return;
    }
    looking = true;
    ledger
        .toFollow(Channel.NUMBER, clock.millis(), MOST_UNDER_WAY, MOST_AT_ONE_PROVIDER)
        .onComplete(
            due -> {
              looking = false;
              told = false;
              due.forEach(this::begin);
            },
            failure -> {
              looking = false;
              complain(failure);
            });
  }

  /** Its provider is asked now, if this rental is followed at all. */
  private void hinted(RentalHint hint) {
    if (underWay.size() >= MOST_UNDER_WAY) {
      return;
    }
    ledger
        .claimant(hint.provider(), hint.rentalId())
        .onSuccess(
            found -> {
              if (found.isPresent() && isFollowed(found.get())) {
                begin(found.get());
              }
            })
        .onFailure(this::complain);
  }

  private static boolean isFollowed(Operation operation) {
    OperationResult result = operation.result();
    return operation.kind() == Channel.NUMBER && result != null && result.followAtMillis() != 0;
  }

  private void begin(Operation operation) {
    OperationResult result = operation.result();
    if (result != null
        && underWay.size() < MOST_UNDER_WAY
        && !underWay.containsKey(operation.id())
        && Collections.frequency(underWay.values(), result.provider()) < MOST_AT_ONE_PROVIDER) {
      underWay.put(operation.id(), result.provider());
      follow(operation, result);
    }
  }

  private void follow(Operation operation, OperationResult result) {
    ReadRental question = new ReadRental(RentKind.ref(operation, result.providerId()), TIMEOUT);
    // At another address the provider tells of others' rentals.
    boolean other = Accounts.isElsewhere(calls, operation);
    Future<Answer<Optional<RentalStatus>>> told =
        other
            ? Future.succeededFuture(null)
            : calls.call(
                result.provider(), question, new CalledBy(operation.tenant(), operation.trace()));
    told.compose(answer -> store(operation, result, answer))
        .onComplete(
            written -> underWay.remove(operation.id()),
            failure -> {
              underWay.remove(operation.id());
              complain(failure);
            });
  }

  private Future<?> store(
      Operation before, OperationResult result, @Nullable Answer<Optional<RentalStatus>> answer) {
    RentedNumber known = RentedNumber.of(result.value());
    long since = before.progress().endedAtMillis();
    long now = clock.millis();
    RentalStep step =
        answer instanceof Answer.Done<Optional<RentalStatus>> done
            ? RentalStep.answered(known, done.value(), since, settings, now)
            : RentalStep.unanswered(known, since, settings, now);
    if (step.news()) {
      LOG.info("a code came in at the number of operation {}", before.id());
    }
    OperationResult after =
        new OperationResult(
            result.provider(), result.providerId(), step.number().toJson(), step.followAtMillis());
    // Has it moved on meanwhile, it is asked for again when it is due.
    return ledger.amend(before, after, step.news() ? NEWS : null, now);
  }

  /** Once, not with each trial. */
  private void complain(Throwable failure) {
    LOG.atLevel(told ? Level.DEBUG : Level.WARN)
        .log("rentals were not followed, and are tried again: {}", failure.toString());
    told = true;
  }
}
