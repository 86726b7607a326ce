import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends requests over kept connections, each with one under way, and writes what came of them as
 * one line of JSON.
 *
 * <p>With a rate the load is open: each request has a time at which it is meant to go, whatever
 * became of those before it, and its latency counts from that time. So a pause of the server shows
 * in all the requests that it held up (no coordinated omission). Without a rate each connection
 * sends again when it is answered, until the time is over or the prepared requests are all sent.
 *
 * <p>In a body, {@code (t=0000000000000000000)} is replaced by the time at which the request was
 * meant to go, in nanoseconds of the machine's monotonic clock (zero while warming up), and {@code
 * (n=000000000000)} by its number.
 *
 * <p>Arguments are key=value: url, path, body (file) or requests (file of {@link Webhooks}), tokens
 * (file, one a line, taken in turn), connections, rate (a second, 0 for closed), warm_up and
 * seconds, or count (of requests; 0 for as many as there is time for), warm_count (of those),
 * status (which is expected), out (file). What the answers say in {@code "accepted":N}, as those of
 * batches do, is summed up.
 */
public final class Load {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
  private static final long LEAST_WAIT = TimeUnit.MICROSECONDS.toNanos(20);

  private final NetClient client;
  private final Context context;
  private final String host;
  private final int port;
  private final List<RequestTemplate> templates;
  private final List<byte[]> prepared;
  private final long rate;
  private final long warmUpNanos;
  private final long measuredNanos;
  private final long warmCount;
  private final long limit;
  private final int connections;
  private final Measured measured;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Deque<Long> waiting = new ArrayDeque<>();

  private long start;
  private long measuredFrom;
  private long measuredUntil;
  private boolean ending;

  private Load(Vertx vertx, Map<String, String> options) throws IOException {
    client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
    context = vertx.getOrCreateContext();
    String url = options.get("url").replaceFirst("^http://", "");
    host = url.substring(0, url.indexOf(':'));
    port = Integer.parseInt(url.substring(url.indexOf(':') + 1).replaceFirst("/.*$", ""));
    connections = Integer.parseInt(options.getOrDefault("connections", "64"));
    rate = Long.parseLong(options.getOrDefault("rate", "0"));
    warmUpNanos = TimeUnit.SECONDS.toNanos(Long.parseLong(options.getOrDefault("warm_up", "0")));
    measuredNanos = TimeUnit.SECONDS.toNanos(Long.parseLong(options.getOrDefault("seconds", "10")));
    warmCount = Long.parseLong(options.getOrDefault("warm_count", "0"));
    measured = new Measured(Integer.parseInt(options.getOrDefault("status", "202")));
    prepared =
        options.containsKey("requests")
            ? PreparedRequests.read(Path.of(options.get("requests")))
            : List.of();
    templates = prepared.isEmpty() ? RequestTemplate.all(options) : List.of();
    limit =
        prepared.isEmpty() ? Long.parseLong(options.getOrDefault("count", "0")) : prepared.size();
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, String> options = new HashMap<>();
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      options.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    Load load = new Load(vertx, options);
    load.context.runOnContext(ignored -> load.connectAll());
    load.over.await();
    Files.writeString(Path.of(options.get("out")), load.json() + "\n");
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private String json() {
    return measured.json(
        rate, connections, measuredFrom, limit == 0 ? measuredNanos : 0, waiting.size());
  }

  private static void giveUp(String why) {
    System.err.println(why);
    System.exit(1);
  }

  private void connectAll() {
    for (int i = 0; i < connections; i++) {
      client
          .connect(port, host)
          .onSuccess(this::connected)
          .onFailure(failure -> giveUp("no connection: " + failure));
    }
  }

  private void connected(NetSocket socket) {
    idle.add(new Connection(socket));
    if (start == 0 && idle.size() == connections) {
      start = System.nanoTime();
      measuredFrom = start + warmUpNanos;
      measuredUntil = limit == 0 ? measuredFrom + measuredNanos : Long.MAX_VALUE;
      if (rate > 0) {
        tick();
      } else {
        List.copyOf(idle).forEach(connection -> next(idle.poll()));
      }
    }
  }

  /** Sends what is due, and comes again when the next request is. */
  private void tick() {
    long now = System.nanoTime();
    long due = intended();
    while (due <= now && due < measuredUntil) {
      waiting.add(due);
      due = intended();
    }
    while (!waiting.isEmpty() && !idle.isEmpty()) {
      idle.poll().send(waiting.poll());
    }
    if (due < measuredUntil) {
      after(Math.max(LEAST_WAIT, due - System.nanoTime()), this::tick);
    } else {
      end();
    }
  }

  /** When the first request is meant to go that neither went nor waits. */
  private long intended() {
    return start + (long) ((measured.sent() + waiting.size()) * 1e9 / rate);
  }

  /** Vert.x's own timers are no finer than a millisecond. */
  private void after(long nanos, Runnable action) {
    ((ContextInternal) context).nettyEventLoop().schedule(action, nanos, TimeUnit.NANOSECONDS);
  }

  /** What a connection does that was answered. */
  private void next(Connection connection) {
    if (!waiting.isEmpty()) {
      connection.send(waiting.poll());
    } else if (rate > 0) {
      idle.add(connection);
    } else if (limit == 0 ? System.nanoTime() < measuredUntil : measured.sent() < limit) {
      connection.send(System.nanoTime());
    } else {
      idle.add(connection);
      end();
    }
    endIfAllAnswered();
  }

  /** Waits for the answers that are missing, but not for ever. */
  private void end() {
    if (!ending) {
      ending = true;
      after(PATIENCE, over::countDown);
      endIfAllAnswered();
    }
  }

  private void endIfAllAnswered() {
    if (ending && waiting.isEmpty() && measured.allAnswered()) {
      over.countDown();
    }
  }

  /** One connection with one request under way at most. */
  private final class Connection {
    private final NetSocket socket;
    private final HttpAnswer answer = new HttpAnswer();
    private long meant;
    private long begun;
    private boolean timed;
    private boolean busy;

    Connection(NetSocket socket) {
      this.socket = socket;
      socket.handler(this::read);
      socket.closeHandler(ignored -> closed());
      socket.exceptionHandler(ignored -> {});
    }

    void send(long intended) {
      meant = intended;
      begun = System.nanoTime();
      long number = measured.next();
      timed = limit == 0 ? meant >= measuredFrom : number >= warmCount;
      if (limit > 0 && number == warmCount) {
        measuredFrom = begun;
      }
      busy = true;
      socket.write(Buffer.buffer(request(number))).onFailure(failure -> socket.close());
    }

    private byte[] request(long number) {
      return prepared.isEmpty()
          ? templates.get((int) (number % templates.size())).filled(timed ? meant : 0, number)
          : prepared.get((int) number);
    }

    private void read(Buffer buffer) {
      boolean whole = false;
      try {
        whole = answer.add(buffer);
      } catch (IllegalStateException e) {
        giveUp(e.getMessage());
      }
      if (whole) {
        measured.answered(answer);
        if (timed) {
          measured.timed(answer, meant, begun, measuredUntil);
        }
        answer.clear();
        busy = false;
        next(this);
      }
    }

    private void closed() {
      if (busy) {
        measured.broken();
        busy = false;
      }
      idle.remove(this);
      if (ending) {
        endIfAllAnswered();
      } else {
        client
            .connect(port, host)
            .onSuccess(other -> next(new Connection(other)))
            .onFailure(failure -> System.err.println("not connected again: " + failure));
      }
    }
  }
}
