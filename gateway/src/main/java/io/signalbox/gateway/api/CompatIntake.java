package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.compat.Asked;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.compat.Taken;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.intake.IntakeResult;
import io.signalbox.gateway.intake.Sender;
import io.signalbox.gateway.ledger.Sha256;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.security.Caller;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.intake.Accepted;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Has the notifications accepted that a request of a dialect asks for. Thread-safe. */
final class CompatIntake {
  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(CompatIntake.class));

  /** No header carries it: no key of a dialect is ever one of the gateway's own API. */
  private static final char KEY_SEPARATOR = '\u001f';

  private final ApiServices services;

  CompatIntake(ApiServices services) {
    this.services = services;
  }

  /**
   * A request.
   *
   * @param body as sent; with an idempotency key it is what a repetition must be equal to
   */
  record Task(Dialect dialect, Asked asked, Buffer body, Caller caller, TraceContext trace) {}

  /**
   * Takes what is asked for.
   *
   * @param share of what all requests may hold
   * @return what became of each; fails with a {@link RefusedException} if none is taken for the
   *     mistakes of one, and with a {@link GatewayException} of status 503 or 429 if none was
   *     stored
   */
  Future<List<Taken>> take(Task task, BodyBudget.Share share) {
    return read(task, share, new ArrayList<>())
        .compose(
            read ->
                mistaken(task, read)
                    .map(Future::<List<Taken>>failedFuture)
                    .orElseGet(() -> accept(task, read)));
  }

  /** One notification: to be accepted, or refused for what is wrong with it. */
  private record Read(@Nullable IntakeItem item, @Nullable Refusal refusal) {}

  /** Reads one after another: a template may make much of little. */
  private Future<List<Read>> read(Task task, BodyBudget.Share share, List<Read> read) {
    List<AskedNotification> all = task.asked().notifications();
    while (read.size() < all.size()) {
      int index = read.size();
      AskedNotification asked = all.get(index);
      ParsedNotification parsed = parse(task, asked, index);
      if (parsed instanceof ParsedNotification.Templated templated) {
        return services
            .templates()
            .fill(templated)
            .compose(
                filled -> {
                  read.add(item(task, asked, index, filled, share));
                  return read(task, share, read);
                });
      }
      read.add(item(task, asked, index, parsed, share));
    }
    return Future.succeededFuture(read);
  }

  private ParsedNotification parse(Task task, AskedNotification asked, int index) {
    return services
        .parser()
        .parse(asked.notification().toBuffer(), task.caller().tenant(), key(task, index));
  }

  private static @Nullable String key(Task task, int index) {
    String key = task.asked().idempotencyKey();
    return key == null ? null : task.dialect().name() + KEY_SEPARATOR + key + KEY_SEPARATOR + index;
  }

  private Read item(
      Task task,
      AskedNotification asked,
      int index,
      ParsedNotification parsed,
      BodyBudget.Share share) {
    if (parsed instanceof ParsedNotification.Invalid invalid) {
      services.meters().intake().refused("invalid");
      return new Read(null, refusal(asked, invalid));
    }
    if (!(parsed instanceof ParsedNotification.Valid valid)) {
      throw new IllegalStateException("a template was filled in");
    }
    String refused = SendingScope.refusal(services, task.caller(), valid.notification());
    if (refused != null) {
      return new Read(null, new Refusal(403, refused));
    }
    Optional<String> wrongUrl =
        Optional.ofNullable(asked.memo().callbackUrl()).flatMap(services.callbacks()::urlProblem);
    if (wrongUrl.isPresent()) {
      services.meters().intake().refused("invalid");
      return new Read(null, Refusal.of(asked.field(DialectMemo.CALLBACK_POINTER), wrongUrl.get()));
    }
    Buffer content =
        new JsonObject(valid.content()).put(DialectMemo.FIELD, asked.memo().toJson()).toBuffer();
    if (content.length() > NotificationParser.MAX_BYTES) {
      return new Read(
          null, new Refusal(413, "has more than " + NotificationParser.MAX_BYTES + " bytes"));
    }
    if (!share.take(content.length())) {
      throw new GatewayException(503, "too many large bodies are being taken in");
    }
    return new Read(new IntakeItem(valid.notification(), content, digest(task, index)), null);
  }

  /** A repetition is one if its bytes are the same: times may be told from now on. */
  private static @Nullable Buffer digest(Task task, int index) {
    return task.asked().idempotencyKey() == null
        ? null
        : Buffer.buffer(Sha256.of(task.body().copy().appendInt(index).getBytes()));
  }

  private static Refusal refusal(AskedNotification asked, ParsedNotification.Invalid invalid) {
    return new Refusal(
        invalid.status(),
        "the request has mistakes",
        invalid.problems().stream()
            .map(problem -> new Mistake(asked.field(problem.pointer()), problem.detail()))
            .toList(),
        0);
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
                first.detail(),
                refusals.stream().flatMap(each -> each.mistakes().stream()).toList(),
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
            ? new Refusal(429, IntakeResult.OverQuota.DETAIL)
            : new Refusal(422, IntakeResult.KeyReused.DETAIL));
  }
}
