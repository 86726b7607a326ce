import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** One run: what arrives goes through the nodes of the cells, tick by tick. */
final class Run {
  static final int TICKS = 100;
  static final int FAIL_AT = 60 * TICKS;
  private static final double TICK_MICROS = 1e6 / TICKS;
  private static final int STEADY_AT = 30 * TICKS;

  /** A spool with no more than that is emptied without more going into it. */
  private static final int NEARLY_EMPTY = 200;

  private static final int SPOOL_MOVES = 1_000;

  /** Less than that is what sums of fractions leave over. */
  private static final double LEAST = 1e-6;

  private final SplittableRandom random = new SplittableRandom((long) Values.of("seed"));
  final List<Cell> cells = new ArrayList<>();
  final Story story = new Story();
  private final List<List<Runnable>> later = new ArrayList<>();
  private final double rate;
  private final int end;
  int now;
  int blindUntil;

  /** Until then half of the providers are away. */
  int halfUntil;

  private double providersLeft;

  Run(double rate, int seconds) {
    this.rate = rate;
    this.end = seconds * TICKS;
    for (int i = 0; i < Values.of("cells"); i++) {
      cells.add(new Cell());
    }
    for (int i = 0; i < Values.of("nodes"); i++) {
      cells.get(i % cells.size()).nodes.add(new Node());
    }
    for (int i = 0; i < end; i++) {
      later.add(new ArrayList<>());
    }
  }

  void in(double millis, Runnable what) {
    int tick = now + Math.max(1, (int) (millis * TICKS / 1_000));
    if (tick < end) {
      later.get(tick).add(what);
    }
  }

  Story run(Consumer<Run> failure) {
    for (now = 0; now < end; now++) {
      if (now == FAIL_AT) {
        failure.accept(this);
      }
      later.get(now).forEach(Runnable::run);
      later.get(now).clear();
      providersLeft = Values.of("providers") * Values.of("provider.rate") / TICKS;
      if (now < halfUntil) {
        providersLeft /= 2;
      }
      boolean steady = isSteady();
      double before = providersLeft;
      // Whoever is first in one tick is last in another.
      for (int i = 0; i < cells.size(); i++) {
        tick(cells.get((i + now) % cells.size()), cells.size() - i, steady);
      }
      if (steady) {
        story.use.add("providers' rates", before - providersLeft, before);
      }
      note();
    }
    return story;
  }

  private void tick(Cell cell, int cellsLeft, boolean steady) {
    List<Node> alive = cell.alive();
    boolean up = now >= cell.downUntil;
    for (Node node : cell.nodes) {
      node.cpuLeft = Values.of("node.cores") * Values.of("usable") * TICK_MICROS;
      node.writerLeft = up ? TICK_MICROS : 0;
    }
    arrive(cell, alive, up);
    double redis = Values.of("redis.commands") / TICKS;
    double redisLeft = up ? dispatch(cell, alive, redis, providersLeft / cellsLeft) : redis;
    double server = Values.of("pg.cores") * Values.of("usable") * TICK_MICROS;
    double wal = Values.of("wal.bytes") / TICKS;
    double[] left = {up ? server : 0, up ? wal : 0};
    // Each its part, then whoever wants more.
    for (int i = 0; i < alive.size(); i++) {
      Node node = alive.get((i + now) % alive.size());
      double part = 1.0 / (alive.size() - i);
      double[] own = {left[0] * part, left[1] * part};
      double[] mine = own.clone();
      write(cell, node, mine);
      left[0] -= own[0] - mine[0];
      left[1] -= own[1] - mine[1];
    }
    alive.forEach(node -> write(cell, node, left));
    if (steady) {
      story.use.add("PostgreSQL's processors", server - left[0], server);
      story.use.add("write-ahead log", wal - left[1], wal);
      story.use.add("Redis", redis - redisLeft, redis);
      for (Node node : alive) {
        double cpu = Values.of("node.cores") * Values.of("usable") * TICK_MICROS;
        story.use.add("nodes' processors", cpu - node.cpuLeft, cpu);
        story.use.add("nodes' writing connection", TICK_MICROS - node.writerLeft, TICK_MICROS);
        story.use.add("attempts under way", node.inFlight, mostInFlight());
      }
    }
  }

  private boolean isSteady() {
    return now >= STEADY_AT && now < FAIL_AT;
  }

  private static double mostInFlight() {
    return Math.min(Values.of("in_flight"), Values.of("providers") * Values.of("provider.permits"));
  }

  private void arrive(Cell cell, List<Node> alive, boolean up) {
    List<Node> known = now < blindUntil ? cell.nodes : alive;
    double mean = rate / cells.size() / TICKS / Math.max(1, known.size());
    if (known.isEmpty()) {
      story.unanswered += rate / cells.size() / TICKS;
    }
    for (Node node : known) {
      double count = poisson(mean);
      if (!node.alive) {
        story.unanswered += count;
      } else if (!up || node.spool > NEARLY_EMPTY) {
        double taken = Math.min(count, Values.of("spool") - node.spool);
        node.spool(new Cohort(Kind.MOVE, taken, now));
        story.refused += count - taken;
      } else if (node.queued + count > Values.of("waiting_changes")) {
        story.refused += count;
      } else {
        node.add(new Cohort(Kind.ACCEPT, count, now));
      }
      if (up && node.alive && node.spool > 0 && node.queued < 2 * SPOOL_MOVES) {
        move(node);
      }
    }
  }

  /** Oldest first, some at a time. */
  private static void move(Node node) {
    double moved = 0;
    while (moved < SPOOL_MOVES && !node.spooled.isEmpty()) {
      Cohort first = node.spooled.poll();
      moved += first.count();
      node.spool -= first.count();
      node.add(first);
    }
  }

  private double poisson(double mean) {
    // Near enough where many come in a tick, and never below none.
    double normal = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
    return Math.max(0, Math.rint(mean + normal * 2 * Math.sqrt(mean)));
  }

  private double dispatch(Cell cell, List<Node> alive, double redis, double providers) {
    double redisLeft = redis;
    double providersHere = providers;
    for (int i = 0; i < alive.size(); i++) {
      Node node = alive.get((i + now) % alive.size());
      double room = mostInFlight() - node.inFlight;
      double may = Math.min(cell.waits / (alive.size() - i), Math.min(room, providersHere));
      may = Math.min(may, redisLeft / Values.of("redis.each"));
      may = Math.min(may, Values.of("waiting_changes") - node.queued);
      while (may > LEAST && !cell.waiting.isEmpty()) {
        Cohort first = cell.waiting.poll();
        double some = Math.min(may, first.count());
        if (some < first.count()) {
          cell.waiting.addFirst(first.part(first.count() - some));
        }
        cell.waits -= some;
        may -= some;
        redisLeft -= some * Values.of("redis.each");
        providersHere -= some;
        providersLeft -= some;
        node.inFlight += some;
        node.add(first.part(some).as(Kind.BEGIN));
      }
    }
    return redisLeft;
  }

  /** Has as many changes of a node committed as it, and what is left of the server, can take. */
  private void write(Cell cell, Node node, double[] left) {
    while (!node.changes.isEmpty()) {
      Cohort first = node.changes.peek();
      Kind kind = first.kind();
      double can = Math.min(node.writerLeft / kind.writer(), left[0] / kind.server());
      can = Math.min(can, Math.min(left[1] / kind.wal(), node.cpuLeft / kind.cpu()));
      double some = Math.min(first.count(), can);
      if (can < LEAST) {
        return;
      }
      node.changes.poll();
      if (some < first.count()) {
        node.changes.addFirst(first.part(first.count() - some));
      }
      node.queued -= some;
      node.writerLeft -= some * kind.writer();
      node.cpuLeft -= some * kind.cpu();
      left[0] -= some * kind.server();
      left[1] -= some * kind.wal();
      committed(cell, node, first.part(some));
      if (some < first.count()) {
        return;
      }
    }
  }

  private void committed(Cell cell, Node node, Cohort done) {
    switch (done.kind()) {
      case ACCEPT, MOVE -> cell.await(done);
      case BEGIN ->
          in(Values.of("provider.millis"), () -> answered(cell, node, done.as(Kind.SETTLE)));
      case SETTLE -> {
        int ticks = Math.min(now - done.arrived(), story.latencies.length - 1);
        story.latencies[ticks] += done.count();
        story.longest = Math.max(story.longest, ticks);
        story.sent += done.count();
        if (isSteady()) {
          story.sentSteady += done.count();
        }
        double receipts = done.count() * Values.of("receipts");
        in(1_000, () -> receipts(cell, receipts));
      }
      case RECEIPT -> {
        // That was the last of it.
      }
    }
  }

  private void answered(Cell cell, Node node, Cohort settle) {
    if (node.alive) {
      node.inFlight -= settle.count();
      node.add(settle);
    } else {
      story.unknown += settle.count();
      in(Values.of("takeover.millis"), () -> cell.await(settle));
    }
  }

  /** Providers repeat what nobody takes. */
  void receipts(Cell cell, double count) {
    List<Node> alive = cell.alive();
    if (alive.isEmpty() || now < cell.downUntil) {
      in(10_000 + random.nextInt(30_000), () -> receipts(cell, count));
      return;
    }
    for (Node node : alive) {
      node.add(new Cohort(Kind.RECEIPT, count / alive.size(), now));
    }
  }

  private void note() {
    double waits = 0;
    double spooled = 0;
    for (Cell cell : cells) {
      waits += cell.waits;
      for (Node node : cell.nodes) {
        spooled += node.spool;
        waits += node.queued;
      }
    }
    if (now == STEADY_AT) {
      story.waitingAt30 = waits;
    } else if (now == FAIL_AT - 1) {
      story.waitingAt60 = waits;
    } else if (now > FAIL_AT) {
      story.mostWaiting = Math.max(story.mostWaiting, waits);
      story.mostSpooled = Math.max(story.mostSpooled, spooled);
      if (waits + spooled > story.waitingAt60 * 1.5 + rate * 0.05) {
        story.recoveredAt = now;
      }
    }
  }
}
