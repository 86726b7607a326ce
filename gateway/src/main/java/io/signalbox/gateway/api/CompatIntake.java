package io.signalbox.gateway.api;

import io.signalbox.gateway.api.CompatReader.Read;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.callback.MessageCallbacks;
import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.intake.IntakeResult;
import io.signalbox.gateway.intake.Sender;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.intake.Accepted;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Has the notifications accepted that a request of a dialect asks for. Thread-safe. */
final class CompatIntake {
  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(CompatIntake.class));

  private final ApiServices services;
  private final CompatCallbacks callbacks;

  CompatIntake(ApiServices services) {
    this.services = services;
    this.callbacks = new CompatCallbacks(services);
  }

  /**
   * A request.
   *
   * @param body as sent; with an idempotency key it is what a repetition must be equal to
   * @param key the API key that it shows; null if that is none
   */
  record Task(
      Dialect dialect,
      Asked asked,
      Buffer body,
      Caller caller,
      MessageCallbacks.@Nullable Key key,
      TraceContext trace) {}

  /**
   * Takes what is asked for.
   *
   * @param share of what all requests may hold
   * @return what became of each; fails with a {@link RefusedException} if none is taken for the
   *     mistakes of one, and with a {@link GatewayException} of status 503 or 429 if none was
   *     stored
   */
  Future<List<Taken>> take(Task task, BodyBudget.Share share) {
    return callbacks
        .link(task)
        .compose(link -> new CompatReader(services, callbacks, link, task, share).read())
        .compose(
            read ->
                mistaken(task, read)
                    .map(Future::<List<Taken>>failedFuture)
                    .orElseGet(
                        () ->
                            task.asked().onlyChecked()
                                ? Future.succeededFuture(checked(read))
                                : accept(task, read)));
  }

  private List<Taken> checked(List<Read> read) {
    List<Taken> all = new ArrayList<>(read.size());
    for (Read each : read) {
      Refusal refusal = each.refusal();
      all.add(
          refusal == null
              ? new Taken.Accepted(services.intake().newId(), false)
              : new Taken.Refused(refusal));
    }
    return all;
  }

  private static Optional<RefusedException> mistaken(Task task, List<Read> read) {
    List<Refusal> refusals = read.stream().map(Read::refusal).filter(each -> each != null).toList();
    if (refusals.isEmpty() || !task.asked().allOrNone()) {
      return Optional.empty();
    }
    Refusal first = refusals.get(0);
    return Optional.of(
        new RefusedException(
            new Refusal(
                first.status(),
                first.kind(),
                first.detail(),
                refusals.stream().flatMap(each -> each.mistakes().stream()).distinct().toList(),
                0)));
  }

  private Future<List<Taken>> accept(Task task, List<Read> read) {
    List<IntakeItem> items = read.stream().map(Read::item).filter(each -> each != null).toList();
    Sender sender = Sender.of(task.caller(), task.trace());
    Future<List<IntakeResult>> accepted =
        items.size() == 1
            ? services.intake().accept(items.get(0), sender).map(CompatIntake::alone)
            : services.intake().acceptAll(items, sender);
    return accepted
        .map(results -> conclude(task, read, results))
        .recover(
            failure ->
                failure instanceof GatewayException refusal
                        && refusal.isAnswer()
                        && read.size() > 1
                        && !task.asked().allOrNone()
                    ? Future.succeededFuture(beside(read, refusal))
                    : Future.failedFuture(failure));
  }

  private static List<IntakeResult> alone(Accepted accepted) {
    return List.of(new IntakeResult.Stored(accepted));
  }

  private List<Taken> conclude(Task task, List<Read> read, List<IntakeResult> results) {
    List<Taken> all = new ArrayList<>(read.size());
    int next = 0;
    for (Read each : read) {
      Refusal refusal = each.refusal();
      all.add(refusal == null ? taken(task, results.get(next++)) : new Taken.Refused(refusal));
    }
    return all;
  }

  private static List<Taken> beside(List<Read> read, GatewayException why) {
    List<Taken> all = new ArrayList<>(read.size());
    for (Read each : read) {
      Refusal refusal = each.refusal();
      all.add(
          new Taken.Refused(
              refusal == null
                  ? new Refusal(why.status(), String.valueOf(why.getMessage()))
                  : refusal));
    }
    return all;
  }

  private static Taken taken(Task task, IntakeResult result) {
    if (result instanceof IntakeResult.Stored stored) {
      Accepted accepted = stored.accepted();
      TRAIL.accepted(accepted.id(), accepted.duplicate(), task.trace());
      return new Taken.Accepted(
          NotificationId.parse(accepted.id()).orElseThrow(), accepted.duplicate());
    }
    if (result instanceof IntakeResult.Shed shed) {
      return new Taken.Refused(new Refusal(503, shed.detail()));
    }
    return new Taken.Refused(
        result instanceof IntakeResult.OverQuota
            ? new Refusal(429, Refusal.Kind.QUOTA, IntakeResult.OverQuota.DETAIL)
            : new Refusal(422, Refusal.Kind.KEY_REUSED, IntakeResult.KeyReused.DETAIL));
  }
}
