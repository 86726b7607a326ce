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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Has the notifications accepted that a request of a dialect asks for. Thread-safe. */
final class CompatIntake {
  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(CompatIntake.class));

  private final ApiServices services;
  private final CompatCallbacks callbacks;
  private final CompatRepeats repeats;

  CompatIntake(ApiServices services) {
    this.services = services;
    this.callbacks = new CompatCallbacks(services);
    this.repeats = new CompatRepeats(services);
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
    CompatKeys keys = CompatKeys.of(task);
    return new CompatReader(services, callbacks, task, keys, share)
        .read()
        .compose(
            read ->
                task.asked().onlyChecked()
                    ? mistaken(task, read)
                        .map(Future::<List<Taken>>failedFuture)
                        .orElseGet(() -> Future.succeededFuture(checked(read)))
                    : repeats.find(task, keys, read).compose(known -> accept(task, read, known)));
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

  /**
   * Accepts what was read.
   *
   * @param known what was stored before, by index: it is told so, mistakes or not
   */
  private Future<List<Taken>> accept(Task task, List<Read> read, Map<Integer, IntakeResult> known) {
    int asked = task.asked().notifications().size();
    Optional<RefusedException> mistaken = mistaken(task, read);
    if (mistaken.isPresent() && known.size() < asked) {
      return Future.failedFuture(mistaken.get());
    }
    return callbacks
        .tie(task, read, known.keySet())
        .compose(
            tied -> {
              Optional<RefusedException> untold =
                  mistaken.isPresent() ? Optional.empty() : mistaken(task, tied);
              return untold.isPresent()
                  ? Future.failedFuture(untold.get())
                  : store(task, tied, known);
            });
  }

  private Future<List<Taken>> store(Task task, List<Read> read, Map<Integer, IntakeResult> known) {
    int asked = task.asked().notifications().size();
    List<List<IntakeItem>> messages = messages(task, read, known);
    return store(messages, asked, Sender.of(task.caller(), task.trace()))
        .compose(
            results ->
                refusal(task, results)
                    .map(Future::<List<Taken>>failedFuture)
                    .orElseGet(() -> Future.succeededFuture(conclude(task, read, known, results))))
        .recover(
            failure ->
                failure instanceof GatewayException why
                        && why.isAnswer()
                        && !task.asked().allOrNone()
                        && !known.isEmpty()
                    ? Future.succeededFuture(conclude(task, read, known, refused(messages, why)))
                    : Future.failedFuture(failure));
  }

  /** Why the request as a whole is refused, though some of it may be stored before. */
  private static Optional<Throwable> refusal(Task task, List<IntakeResult> results) {
    // A key is that of the whole request.
    if (results.stream().anyMatch(IntakeResult.KeyReused.class::isInstance)) {
      return Optional.of(CompatRepeats.reused());
    }
    return task.asked().allOrNone()
            && results.stream().anyMatch(IntakeResult.OverQuota.class::isInstance)
        ? Optional.of(new IntakeResult.OverQuota().alone().cause())
        : Optional.empty();
  }

  /** What is to be stored, as it is taken or refused together. */
  private static List<List<IntakeItem>> messages(
      Task task, List<Read> read, Map<Integer, IntakeResult> known) {
    List<List<IntakeItem>> messages = new ArrayList<>();
    List<IntakeItem> message = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      if (!task.asked().allOrNone() && !task.asked().notifications().get(i).withPrevious()) {
        message = new ArrayList<>();
      }
      IntakeItem item = read.get(i).item();
      if (item == null || known.containsKey(i)) {
        continue;
      }
      if (message.isEmpty()) {
        messages.add(message);
      }
      message.add(item);
    }
    return messages;
  }

  /** One that stands alone does not wait in the lanes of batches. */
  private Future<List<IntakeResult>> store(
      List<List<IntakeItem>> messages, int asked, Sender sender) {
    if (messages.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return asked == 1
        ? services.intake().accept(messages.get(0).get(0), sender).map(CompatIntake::alone)
        : services.intake().acceptMessages(messages, sender);
  }

  private static List<IntakeResult> alone(Accepted accepted) {
    return List.of(new IntakeResult.Stored(accepted));
  }

  private static List<IntakeResult> refused(List<List<IntakeItem>> messages, GatewayException why) {
    return messages.stream()
        .flatMap(List::stream)
        .<IntakeResult>map(item -> new IntakeResult.Shed(String.valueOf(why.getMessage())))
        .toList();
  }

  private static List<Taken> conclude(
      Task task, List<Read> read, Map<Integer, IntakeResult> known, List<IntakeResult> results) {
    int asked = task.asked().notifications().size();
    List<Taken> all = new ArrayList<>(asked);
    int next = 0;
    for (int i = 0; i < asked; i++) {
      IntakeResult earlier = known.get(i);
      Refusal refusal = i < read.size() ? read.get(i).refusal() : null;
      if (earlier != null) {
        all.add(taken(task, earlier));
      } else if (refusal != null) {
        all.add(new Taken.Refused(refusal));
      } else {
        all.add(taken(task, results.get(next++)));
      }
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
