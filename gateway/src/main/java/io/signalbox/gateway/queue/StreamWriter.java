package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.QueueSettings;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.redis.RedisLink;
import io.signalbox.gateway.redis.RedisScript;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes into the streams. What is asked for at about the same time goes in one command for each
 * lane, and commands do not wait for each other. What Redis does not take is left to the ledger: an
 * entry that was not added is found there, one that was not acknowledged is taken over later and
 * found settled. Thread-confined.
 */
final class StreamWriter {
  private static final Logger LOG = LoggerFactory.getLogger(StreamWriter.class);
  private static final RedisScript ADD = script("add.lua");
  private static final RedisScript DONE = script("done.lua");
  private static final RedisScript GIVE_BACK = script("give-back.lua");
  private static final RedisScript DELAY = script("delay.lua");

  /** In one command: a script holds up all others. */
  private static final int MOST_AT_ONCE = 500;

  private static final long GATHER_MILLIS = 1;

  private final Vertx vertx;
  private final RedisLink redis;
  private final StreamKeys keys;
  private final QueueSettings settings;
  private final Consumer<Lane> leftOut;
  private final Map<Lane, List<String>> additions = new HashMap<>();
  private final Map<Lane, List<String>> endings = new HashMap<>();
  private final List<String> delays = new ArrayList<>();
  private final List<Request> deadLetters = new ArrayList<>();
  private boolean flushing;

  /**
   * Makes it.
   *
   * @param leftOut told of each lane of which something was not added
   */
  StreamWriter(
      Vertx vertx,
      RedisLink redis,
      StreamKeys keys,
      QueueSettings settings,
      Consumer<Lane> leftOut) {
    this.vertx = vertx;
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
    this.leftOut = leftOut;
  }

  private static RedisScript script(String file) {
    return RedisScript.of(StreamWriter.class, file);
  }

  /** Puts a notification into the stream of its lane. */
  void add(Lane lane, NotificationId id) {
    gather(additions, lane, id.toString());
  }

  /** Acknowledges an entry and takes it out. */
  void done(StreamEntry entry) {
    gather(endings, entry.lane(), entry.entry());
  }

  private void gather(Map<Lane, List<String>> what, Lane lane, String text) {
    List<String> gathered = what.computeIfAbsent(lane, first -> new ArrayList<>());
    gathered.add(text);
    if (gathered.size() >= MOST_AT_ONCE) {
      flush();
    } else {
      flushSoon();
    }
  }

  /** Keeps a notification for later. */
  void delay(Lane lane, NotificationId id, long dueAtMillis) {
    delays.add(Long.toString(dueAtMillis));
    delays.add(DelayedMember.of(lane, id));
    flushSoon();
  }

  /** Tells of a dead letter. */
  void dead(Lane lane, NotificationId id, String reason) {
    deadLetters.add(
        Request.cmd(Command.XADD)
            .arg(keys.dead())
            .arg("MAXLEN")
            .arg("~")
            .arg(settings.deadLetterLimit())
            .arg("*")
            .arg("id")
            .arg(id.toString())
            .arg("lane")
            .arg(StreamKeys.name(lane))
            .arg("reason")
            .arg(reason));
    flushSoon();
  }

  private void flushSoon() {
    if (!flushing) {
      flushing = true;
      // Ends with the verticle's context; at the end, flush is called.
      vertx.setTimer(GATHER_MILLIS, due -> flush());
    }
  }

  /** Sends what was gathered; completes, always successfully, when all was answered or is lost. */
  Future<Void> flush() {
    flushing = false;
    List<Future<?>> sent = new ArrayList<>();
    additions.forEach((lane, ids) -> sent.add(sendAdditions(lane, ids)));
    additions.clear();
    endings.forEach((lane, entries) -> sent.add(sendEndings(lane, entries)));
    endings.clear();
    for (int i = 0; i < delays.size(); i += MOST_AT_ONCE) {
      Request call = DELAY.call(List.of(keys.delayed())).arg(settings.delayedLimit());
      delays.subList(i, Math.min(delays.size(), i + MOST_AT_ONCE)).forEach(call::arg);
      sent.add(send(call));
    }
    delays.clear();
    deadLetters.forEach(letter -> sent.add(send(letter)));
    deadLetters.clear();
    return Future.join(sent).<Void>mapEmpty().otherwiseEmpty();
  }

  private Future<?> sendAdditions(Lane lane, List<String> ids) {
    Request call = ADD.call(List.of(keys.lane(lane))).arg(settings.laneLimit());
    ids.forEach(call::arg);
    return redis
        .send(call)
        .onComplete(
            left -> {
              if (left.failed() || RedisScript.number(left.result()) > 0) {
                leftOut.accept(lane);
              }
            });
  }

  private Future<?> sendEndings(Lane lane, List<String> entries) {
    Request call = DONE.call(List.of(keys.lane(lane))).arg(StreamKeys.GROUP);
    entries.forEach(call::arg);
    return send(call);
  }

  /** Lets others have entries at once; completes when that was tried. */
  Future<Void> giveBack(Lane lane, List<StreamEntry> entries) {
    List<Future<?>> sent = new ArrayList<>();
    for (int i = 0; i < entries.size(); i += MOST_AT_ONCE) {
      Request call = GIVE_BACK.call(List.of(keys.lane(lane))).arg(StreamKeys.GROUP);
      for (StreamEntry entry : entries.subList(i, Math.min(entries.size(), i + MOST_AT_ONCE))) {
        call.arg(entry.entry()).arg(entry.id().toString());
      }
      sent.add(send(call));
    }
    return Future.join(sent).<Void>mapEmpty().otherwiseEmpty();
  }

  private Future<Response> send(Request call) {
    return redis
        .send(call)
        .onFailure(failure -> LOG.debug("Redis did not take {}", call.command(), failure));
  }
}
