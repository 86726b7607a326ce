package io.signalbox.gateway.queue;

import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.gateway.ledger.Ledger;
import io.signalbox.gateway.model.Lane;
import io.signalbox.gateway.model.NodeShare;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.WorkItem;
import io.signalbox.gateway.redis.RedisLink;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lanes in memory over streams in Redis over the ledger. Gateways that share a ledger put what they
 * accept into a stream for each lane, and each takes from the streams as much as its windows hold;
 * an entry carries no more than the notification's id, and is taken out when the notification is
 * let go. What has come due again waits in a sorted set until then.
 *
 * <p>Whatever Redis does not have is found in the ledger, where each gateway asks for its own
 * share: what did not fit into a stream, what was lost with one, and everything while Redis is
 * away. What two gateways hold at once is refused to one of them by {@link Ledger#begin}.
 */
public final class RedisQueue implements DeliveryQueue, StreamHome {
  /** Small, so that urgent ones do not wait behind what was taken before, and others get some. */
  private static final int READ_AHEAD = 256;

  /** What has come due travels through a stream for less. */
  private static final long TRAVEL_MILLIS = 1_000;

  private static final long LOOK_MILLIS = 250;

  private final Vertx vertx;
  private final Context context;
  private final RedisLink link;
  private final RedisLink readingLink;
  private final Ledger ledger;
  private final Clock clock;
  private final QueueMeter meter;
  private final int readAhead;
  private final LaneWindows windows;
  private final LedgerRefill refill;
  private final FreshItems fresh;
  private final List<StreamLane> lanes = new ArrayList<>();
  private final @Nullable StreamLane[] byCode = new StreamLane[Lane.CODES];
  private final StreamWriter writer;
  private final StreamArrivals arrivals;
  private final StreamReader reader;
  private final StreamKeeper keeper;
  private final long timer;
  private Runnable bell = () -> {};
  private long buckets;
  private boolean up;
  private boolean closed;

  /**
   * Makes an empty queue on the context of its caller, which is the dispatcher's.
   *
   * @param link to Redis
   * @param readingLink to the same Redis, for this queue's reading alone
   * @param consumer a name that no other gateway has
   */
  public RedisQueue(
      Vertx vertx,
      RedisLink link,
      RedisLink readingLink,
      String consumer,
      Ledger ledger,
      GatewayConfig config,
      Clock clock,
      QueueMeter meter) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.link = link;
    this.readingLink = readingLink;
    this.ledger = ledger;
    this.clock = clock;
    this.meter = meter;
    this.readAhead = Math.min(READ_AHEAD, config.dispatch().laneWindow());
    this.windows = new LaneWindows(config.dispatch());
    this.refill = new LedgerRefill(ledger, windows);
    this.fresh = new FreshItems(config.dispatch().laneWindowBytes() / 4);
    this.buckets = ledger.nodes().share().buckets();
    StreamKeys keys = new StreamKeys(config.redis().prefix());
    for (LaneWindow window : windows.all()) {
      StreamLane lane = new StreamLane(window, keys.lane(window.lane()));
      lanes.add(lane);
      byCode[window.lane().code()] = lane;
    }
    this.writer =
        new StreamWriter(
            vertx, link, keys, config.queue(), lane -> of(lane).leaveToLedger(clock.millis()));
    this.arrivals = new StreamArrivals(ledger, windows, clock, fresh, writer::done, this::arrived);
    this.reader =
        new StreamReader(
            vertx,
            readingLink,
            consumer,
            lanes,
            clock,
            config.redis().commandTimeout().toMillis(),
            this);
    this.keeper =
        new StreamKeeper(vertx, link, keys, config.queue(), consumer, lanes, clock, meter, this);
    link.onChange(changed -> context.runOnContext(go -> look()));
    readingLink.onChange(changed -> context.runOnContext(go -> look()));
    this.timer = vertx.setPeriodic(LOOK_MILLIS, due -> look());
    keeper.start();
    look();
  }

  private StreamLane of(Lane lane) {
    StreamLane stream = byCode[lane.code()];
    if (stream == null) {
      throw new IllegalArgumentException(lane + " carries no messages");
    }
    return stream;
  }

  @Override
  public void onArrival(Runnable newBell) {
    bell = newBell;
  }

  /** Sees whether Redis has come or gone, and goes on with what had to wait. */
  private void look() {
    if (closed) {
      return;
    }
    boolean now = link.isUp() && readingLink.isUp();
    if (now != up) {
      up = now;
      fresh.clear();
      reader.regroup();
      begunAnew();
    }
    if (up) {
      reader.read();
    }
    lanes.forEach(this::takeIn);
  }

  @Override
  public void begunAnew() {
    reader.regroup();
    lanes.forEach(StreamLane::distrust);
    bell.run();
  }

  @Override
  public void offer(WorkItem item) {
    StreamLane lane = of(item.lane());
    if (!up) {
      windows.offer(item);
    } else if (lane.window().hasMoreInLedger()) {
      // Older ones wait in the ledger: it keeps the order.
      lane.leaveToLedger(clock.millis());
    } else {
      fresh.add(item);
      writer.add(item.lane(), item.id());
    }
  }

  @Override
  public void later(Lane lane, NotificationId id, long dueAtMillis) {
    if (up && dueAtMillis - clock.millis() <= SOON_MILLIS) {
      writer.delay(lane, id, dueAtMillis);
    }
  }

  @Override
  public void dead(Lane lane, NotificationId id, String reason) {
    if (up) {
      writer.dead(lane, id, reason);
    }
  }

  @Override
  public int room(StreamLane lane) {
    int room = readAhead - lane.window().size() - lane.onTheirWay();
    return closed || lane.isCrowded() || room < (readAhead + 3) / 4 ? 0 : room;
  }

  @Override
  public Map<StreamLane, List<StreamEntry>> held() {
    return arrivals.held(lanes, this::of);
  }

  @Override
  public void announced(List<StreamLane> heard) {
    heard.forEach(this::takeIn);
  }

  private void takeIn(StreamLane lane) {
    if (!closed) {
      arrivals.take(lane);
    }
  }

  private void arrived() {
    if (windows.size() > 0) {
      bell.run();
    }
  }

  @Override
  public @Nullable WorkItem take(Predicate<WorkItem> mayGo) {
    return windows.take(mayGo);
  }

  @Override
  public void release(NotificationId id) {
    windows.release(id);
    arrivals.release(id);
  }

  @Override
  public boolean wantsRefill() {
    long now = clock.millis();
    return refill.isWanted(window -> isLedgerNext(window, now)) || (up && reader.isIdle());
  }

  private boolean isLedgerNext(LaneWindow window, long now) {
    return !up || of(window.lane()).isLedgerNext(now);
  }

  @Override
  public Future<Void> refill() {
    if (up) {
      reader.read();
    }
    long now = clock.millis();
    return ask(window -> window.hasMoreInLedger() && isLedgerNext(window, now), now);
  }

  @Override
  public Future<Void> sweep() {
    long now = clock.millis();
    return ask(window -> !window.hasMoreInLedger() || isLedgerNext(window, now), now);
  }

  private Future<Void> ask(Predicate<LaneWindow> wanted, long now) {
    NodeShare share = ledger.nodes().share();
    if (share.buckets() != buckets) {
      buckets = share.buckets();
      // Others are about to do the rest; what came from a stream is ours, whoever's share it is.
      windows.retain(item -> share.has(item.id()) || arrivals.has(item.id()));
    }
    return refill
        .ask(wanted, window -> dueBy(window, now))
        .map(
            found -> {
              if (up && found > 0) {
                meter.rebuilt(found);
              }
              return null;
            });
  }

  /** What has been due for less may be on its way through the stream. */
  private long dueBy(LaneWindow window, long now) {
    return !up || window.hasMoreInLedger()
        ? now
        : Math.min(now, of(window.lane()).heardUntilMillis(now)) - TRAVEL_MILLIS;
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public Future<Void> close() {
    if (closed) {
      return Future.succeededFuture();
    }
    closed = true;
    vertx.cancelTimer(timer);
    keeper.close();
    // A question that waits in Redis would be given what is given back.
    return reader
        .close()
        .compose(ended -> writer.flush())
        .compose(
            flushed -> {
              List<Future<?>> given = new ArrayList<>();
              held().forEach((lane, held) -> given.add(writer.giveBack(lane.lane(), held)));
              return Future.join(given).mapEmpty();
            });
  }
}
