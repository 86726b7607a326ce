package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.compat.AskedNotification;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectMemo;
import io.signalbox.gateway.compat.Refusal;
import io.signalbox.gateway.compat.Refusal.Mistake;
import io.signalbox.gateway.compat.RefusedException;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes what intake takes of one request of a dialect. Used once, on one event loop. */
final class CompatReader {
  /** So much is read at a time, without a turn for others. */
  private static final int TURN_BYTES = 512 << 10;

  private final ApiServices services;
  private final CompatCallbacks callbacks;
  private final CompatIntake.Task task;
  private final BodyBudget.Share share;
  private final @Nullable CompatKeys keys;
  private final Promise<List<Read>> done = Promise.promise();
  private final List<Read> read = new ArrayList<>();
  private final boolean asksLater;

  /**
   * The ids of a message with several recipients that the others of them name; the first's first.
   */
  private List<NotificationId> told = List.of();

  /** Which of its recipients is read. */
  private int recipient;

  /**
   * Makes a reader.
   *
   * @param keys by what its notifications are known; null without an idempotency key
   * @param share of what all requests may hold
   */
  CompatReader(
      ApiServices services,
      CompatCallbacks callbacks,
      CompatIntake.Task task,
      @Nullable CompatKeys keys,
      BodyBudget.Share share) {
    this.services = services;
    this.callbacks = callbacks;
    this.task = task;
    this.keys = keys;
    this.share = share;
    this.asksLater =
        task.dialect().calls().stream().anyMatch(DialectCall.Fetching.class::isInstance);
  }

  /** One notification: to be accepted, or refused for what is wrong with it. */
  record Read(@Nullable IntakeItem item, @Nullable Refusal refusal) {}

  /**
   * Reads one after another: a template may make much of little.
   *
   * @return what is to be done with each, in their order; fails with a {@link GatewayException} of
   *     status 503 if there is no room for them, with a {@link RefusedException} if there never is
   */
  Future<List<Read>> read() {
    go();
    return done.future();
  }

  /** Goes on until something has to be waited for: nothing of a step is left behind it. */
  private void go() {
    try {
      List<AskedNotification> all = task.asked().notifications();
      int held = 0;
      while (read.size() < all.size() && !isHopeless()) {
        if (held > TURN_BYTES && later()) {
          return;
        }
        AskedNotification asked = all.get(read.size());
        ParsedNotification parsed = parse(asked);
        if (parsed instanceof ParsedNotification.Templated templated) {
          services
              .templates()
              .fill(templated)
              .onComplete(filled -> goOn(asked, filled), done::tryFail);
          return;
        }
        Read next = parsed == null ? new Read(null, asked.refusal()) : item(asked, parsed);
        IntakeItem item = next.item();
        held += item == null ? 0 : item.content().length();
        read.add(next);
      }
      done.complete(isHopeless() ? read : together(all, read));
    } catch (RuntimeException e) {
      done.tryFail(e);
    }
  }

  private void goOn(AskedNotification asked, ParsedNotification filled) {
    try {
      read.add(item(asked, filled));
    } catch (RuntimeException e) {
      done.tryFail(e);
      return;
    }
    go();
  }

  /** Whether none will be taken, whatever follows. */
  private boolean isHopeless() {
    return task.asked().allOrNone()
        && !read.isEmpty()
        && read.get(read.size() - 1).refusal() != null;
  }

  /**
   * Lets other requests have their turn: a large mail may have a thousand recipients.
   *
   * @return whether there is a loop to have a turn on
   */
  private boolean later() {
    Context context = Vertx.currentContext();
    if (context == null) {
      return false;
    }
    context.runOnContext(turn -> go());
    return true;
  }

  /** Null if the dialect refuses it. */
  private @Nullable ParsedNotification parse(AskedNotification asked) {
    if (asked.refusal() != null) {
      services.meters().intake().refused("invalid");
      return null;
    }
    return services.parser().parse(asked.notification().toBuffer(), task.caller().tenant(), key());
  }

  private @Nullable String key() {
    return keys == null ? null : keys.key(read.size());
  }

  private Read item(AskedNotification asked, ParsedNotification parsed) {
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
    Refusal sender = UnknownSender.refusal(services, asked, valid.notification());
    if (sender != null) {
      services.meters().intake().refused("invalid");
      return new Read(null, sender);
    }
    Optional<Refusal> wrongUrl = callbacks.refusal(task, asked);
    if (wrongUrl.isPresent()) {
      services.meters().intake().refused("invalid");
      return new Read(null, wrongUrl.get());
    }
    Buffer content = new JsonObject(valid.content()).put(DialectMemo.FIELD, memo(asked)).toBuffer();
    Read read =
        fitting(
            new IntakeItem(
                valid.notification(), content, digest(), id(), keys == null ? null : keys.whole()));
    if (read.item() != null) {
      hold(asked, content.length());
    }
    return read;
  }

  /** What can be stored, or is refused for its size. */
  static Read fitting(IntakeItem item) {
    return item.content().length() > NotificationParser.MAX_BYTES
        ? new Read(
            null, new Refusal(413, "has more than " + NotificationParser.MAX_BYTES + " bytes"))
        : new Read(item, null);
  }

  /**
   * The first of several for one message gets its id here, because the others name it; so do they,
   * where the application may ask for all of them by the first.
   */
  private JsonObject memo(AskedNotification asked) {
    if (asked.withPrevious()) {
      recipient++;
      // Of a message whose first one is refused nothing is stored.
      return (told.isEmpty() ? asked.memo() : asked.memo().of(told.get(0))).toJson();
    }
    recipient = 0;
    int recipients = end() - read.size();
    int ids = recipients == 1 ? 0 : asksLater ? recipients : 1;
    told = Stream.generate(services.intake()::newId).limit(ids).toList();
    return (ids > 1 ? asked.memo().with(told.subList(1, ids)) : asked.memo()).toJson();
  }

  private @Nullable NotificationId id() {
    return recipient < told.size() ? told.get(recipient) : null;
  }

  /** Where the message ends that the next one to be read belongs to. */
  private int end() {
    List<AskedNotification> all = task.asked().notifications();
    int end = read.size() + 1;
    while (end < all.size() && all.get(end).withPrevious()) {
      end++;
    }
    return end;
  }

  private @Nullable Buffer digest() {
    return keys == null ? null : keys.digest(read.size());
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

  /** A large mail to many may be more than there is room for, even if nobody else sends. */
  private void hold(AskedNotification asked, int bytes) {
    List<AskedNotification> all = task.asked().notifications();
    int end = asked.withPrevious() ? read.size() + 1 : end();
    if (share.isBeyond((long) bytes * (end - read.size()))) {
      throw new RefusedException(
          new Refusal(
              413,
              String.join(
                  " ",
                  "about " + bytes + " bytes for each of " + all.size() + " recipients",
                  "are more than the " + share.most() + " bytes that can be taken in at once;",
                  "send to fewer at a time")));
    }
    if (!share.take(bytes)) {
      throw new GatewayException(503, "too many large bodies are being taken in");
    }
  }

  /** What belongs to one message is refused together. */
  static List<Read> together(List<AskedNotification> all, List<Read> read) {
    List<Read> together = new ArrayList<>(read);
    for (int first = 0; first < all.size(); ) {
      int end = first + 1;
      while (end < all.size() && all.get(end).withPrevious()) {
        end++;
      }
      List<Read> message = together.subList(first, end);
      message.stream()
          .filter(each -> each.refusal() != null)
          .findFirst()
          .ifPresent(
              refused -> message.replaceAll(each -> each.refusal() == null ? refused : each));
      first = end;
    }
    return together;
  }
}
