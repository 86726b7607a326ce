package io.signalbox.gateway.queue;

import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.RedisUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes entries out of the streams of those lanes that have room, one question after the other. A
 * question waits in Redis for a moment if there is nothing, on a connection of its own, which
 * nothing else waits behind. Thread-confined.
 */
final class StreamReader {
  private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);
  private static final long RETRY_MILLIS = 100;

  /** A question waits for so long at most. */
  private static final long MOST_BLOCK_MILLIS = 100;

  /** While a lane is full, which may have room at any moment and is not asked for until then. */
  private static final long FULL_BLOCK_MILLIS = 10;

  private final Vertx vertx;
  private final RedisLink redis;
  private final String consumer;
  private final List<StreamLane> lanes;
  private final Clock clock;
  private final long blockMillis;
  private final StreamHome home;
  private boolean reading;
  private boolean grouped;
  private boolean closed;
  private boolean complained;
  private final Promise<Void> ended = Promise.promise();

  /**
   * Makes it; {@link #read} begins.
   *
   * @param redis of its own
   * @param commandMillis time-out of its commands
   */
  StreamReader(
      Vertx vertx,
      RedisLink redis,
      String consumer,
      List<StreamLane> lanes,
      Clock clock,
      long commandMillis,
      StreamHome home) {
    this.vertx = vertx;
    this.redis = redis;
    this.consumer = consumer;
    this.lanes = lanes;
    this.clock = clock;
    this.blockMillis = Math.max(1, Math.min(MOST_BLOCK_MILLIS, commandMillis / 4));
    this.home = home;
  }

  /** Whether it does nothing although some lane has room. */
  boolean isIdle() {
    return !reading && !closed && redis.isUp() && lanes.stream().anyMatch(this::hasRoom);
  }

  private boolean hasRoom(StreamLane lane) {
    return home.room(lane) > 0;
  }

  /** Reads until no lane has room or Redis is away; does nothing if it is at it. */
  void read() {
    if (reading || closed || !redis.isUp()) {
      return;
    }
    if (lanes.stream().noneMatch(this::hasRoom)) {
      return;
    }
    reading = true;
    (grouped ? Future.<Void>succeededFuture() : makeGroups())
        .onSuccess(ready -> ask())
        .onFailure(this::failed);
  }

  /** While the groups were made the room may have gone. */
  private void ask() {
    List<StreamLane> asked = closed ? List.of() : lanes.stream().filter(this::hasRoom).toList();
    if (asked.isEmpty()) {
      again(0);
      return;
    }
    redis.send(question(asked)).onSuccess(answer -> take(asked, answer)).onFailure(this::failed);
  }

  /** Reads no more; completes when the last question was answered, whose entries are announced. */
  Future<Void> close() {
    closed = true;
    if (!reading) {
      ended.tryComplete();
    }
    return ended.future();
  }

  /** The streams and their groups are made again before the next question. */
  void regroup() {
    grouped = false;
  }

  private Request question(List<StreamLane> asked) {
    int count = asked.stream().mapToInt(home::room).min().orElse(1);
    Request question =
        Request.cmd(Command.XREADGROUP)
            .arg("GROUP")
            .arg(StreamKeys.GROUP)
            .arg(consumer)
            .arg("COUNT")
            .arg(count)
            .arg("BLOCK")
            .arg(
                asked.size() == lanes.size()
                    ? blockMillis
                    : Math.min(blockMillis, FULL_BLOCK_MILLIS))
            .arg("STREAMS");
    asked.forEach(lane -> question.arg(lane.key()));
    asked.forEach(lane -> question.arg(">"));
    return question;
  }

  private Future<Void> makeGroups() {
    List<Future<?>> made = new ArrayList<>();
    boolean[] isNew = {false};
    for (StreamLane lane : lanes) {
      made.add(
          redis
              .send(
                  Request.cmd(Command.XGROUP)
                      .arg("CREATE")
                      .arg(lane.key())
                      .arg(StreamKeys.GROUP)
                      .arg("0")
                      .arg("MKSTREAM"))
              .onSuccess(done -> isNew[0] = true)
              .recover(StreamReader::unlessThere));
    }
    return Future.all(made)
        .<Void>mapEmpty()
        .onSuccess(
            done -> {
              grouped = true;
              if (isNew[0]) {
                home.begunAnew();
              }
            });
  }

  private static Future<Response> unlessThere(Throwable failure) {
    return String.valueOf(failure.getMessage()).startsWith("BUSYGROUP")
        ? Future.succeededFuture()
        : Future.failedFuture(failure);
  }

  private void take(List<StreamLane> asked, @Nullable Response answer) {
    complained = false;
    List<StreamLane> heard = new ArrayList<>();
    long now = clock.millis();
    for (StreamLane lane : asked) {
      Response entries = answer == null ? null : entriesOf(lane, answer);
      if (entries == null) {
        lane.heard(now);
      } else {
        take(lane, entries, now);
        heard.add(lane);
      }
    }
    // First: whatever befalls those who hear of it, the reading goes on.
    again(0);
    if (!heard.isEmpty()) {
      home.announced(heard);
    }
  }

  private static @Nullable Response entriesOf(StreamLane lane, Response answer) {
    // Of the third version of the protocol it is a map, of the second a list of pairs.
    if (answer.isMap()) {
      return answer.get(lane.key());
    }
    for (Response pair : answer) {
      if (pair.get(0).toString().equals(lane.key())) {
        return pair.get(1);
      }
    }
    return null;
  }

  private static void take(StreamLane lane, Response entries, long nowMillis) {
    for (Response entry : entries) {
      String at = entry.get(0).toString();
      StreamEntry read = entry(lane, at, entry.get(1));
      if (read != null) {
        lane.announced().add(read);
        // Redis's clock may be ahead.
        lane.heard(Math.min(nowMillis, read.addedAtMillis()));
      }
    }
  }

  /** An entry that is none of ours is left alone, and buried when it was given out too often. */
  private static @Nullable StreamEntry entry(StreamLane lane, String at, Response fields) {
    if (fields == null || fields.size() < 2) {
      return null;
    }
    Optional<NotificationId> id = NotificationId.parse(fields.get(1).toString());
    return id.map(known -> new StreamEntry(lane.lane(), at, known)).orElse(null);
  }

  private void failed(Throwable failure) {
    grouped = false;
    if (!(failure instanceof RedisUnavailableException) && !complained) {
      complained = true;
      LOG.warn("the streams cannot be read, and are made again: {}", failure.getMessage());
    }
    again(RETRY_MILLIS);
  }

  /** Never from within an answer: a failure that comes at once would be met without an end. */
  private void again(long millis) {
    if (millis == 0) {
      vertx.runOnContext(go -> goOn());
    } else {
      // Ends with the verticle's context.
      vertx.setTimer(millis, due -> goOn());
    }
  }

  private void goOn() {
    reading = false;
    if (closed) {
      ended.tryComplete();
    }
    read();
  }
}
