package io.signalbox.deploy.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What PostgreSQL and Redis take from a client that does nothing else: rows of 570 bytes into a
 * table with two indexes, and entries of an id into a stream.
 */
final class Ceilings {
  private static final int ROWS = 256;
  private static final int ENTRIES = 64;
  private static final int UNDER_WAY = 2;
  private static final int LONGEST_STREAM = 200_000;
  private static final String TEXT = "x".repeat(570);

  private final Vertx vertx;
  private final int seconds;

  Ceilings(Vertx vertx, int seconds) {
    this.vertx = vertx;
    this.seconds = seconds;
  }

  /** Rows a second, by inserts of 256 rows from arrays, two of them under way at a time. */
  JsonObject postgres(PgConnectOptions database) {
    Pool pool =
        PgBuilder.pool()
            .with(new PoolOptions().setMaxSize(UNDER_WAY))
            .connectingTo(database.setCachePreparedStatements(true))
            .using(vertx)
            .build();
    try {
      pool.query("CREATE TABLE ceiling (id BIGINT PRIMARY KEY, due INTEGER, content TEXT NOT NULL)")
          .execute()
          .await();
      pool.query("CREATE INDEX ceiling_due ON ceiling (due, id) WHERE due IS NOT NULL")
          .execute()
          .await();
      AtomicLong next = new AtomicLong();
      JsonObject figure =
          measure(
              ROWS,
              () ->
                  pool.preparedQuery(
                          "INSERT INTO ceiling SELECT * FROM unnest($1::bigint[], $2::int[], $3::text[])")
                      .execute(rows(next.getAndAdd(ROWS))));
      pool.query("DROP TABLE ceiling").execute().await();
      return figure;
    } finally {
      pool.close().await();
    }
  }

  private static Tuple rows(long first) {
    Long[] ids = new Long[ROWS];
    Arrays.setAll(ids, each -> first + each);
    Integer[] dues = new Integer[ROWS];
    Arrays.fill(dues, 1);
    String[] contents = new String[ROWS];
    Arrays.fill(contents, TEXT);
    return Tuple.of(ids, dues, contents);
  }

  /** Entries a second, by batches of 64 XADDs, two of them under way at a time. */
  JsonObject redis(String url) {
    Redis client = Redis.createClient(vertx, new RedisOptions().setConnectionString(url));
    try {
      RedisConnection connection = client.connect().await();
      AtomicLong next = new AtomicLong();
      JsonObject figure = measure(ENTRIES, () -> connection.batch(entries(next)));
      connection.send(Request.cmd(Command.DEL).arg("ceiling")).await();
      return figure;
    } finally {
      client.close().await();
    }
  }

  private static List<Request> entries(AtomicLong next) {
    List<Request> entries = new ArrayList<>(ENTRIES);
    for (int i = 0; i < ENTRIES; i++) {
      entries.add(
          Request.cmd(Command.XADD)
              .arg("ceiling")
              .arg("MAXLEN")
              .arg("~")
              .arg(LONGEST_STREAM)
              .arg("*")
              .arg("id")
              .arg(next.getAndIncrement()));
    }
    return entries;
  }

  /** After as long a warm-up. */
  private JsonObject measure(int each, Supplier<Future<?>> work) {
    run(each, work);
    return new JsonObject().put("per_second", run(each, work));
  }

  private long run(int each, Supplier<Future<?>> work) {
    long begin = System.nanoTime();
    long end = begin + seconds * 1_000_000_000L;
    AtomicLong done = new AtomicLong();
    List<Future<?>> lines = new ArrayList<>();
    for (int line = 0; line < UNDER_WAY; line++) {
      Promise<Void> ended = Promise.promise();
      again(end, () -> done.addAndGet(each), work, ended);
      lines.add(ended.future());
    }
    Future.all(lines).await();
    return done.get() * 1_000_000_000L / (System.nanoTime() - begin);
  }

  /** One promise for all of a line: Futures composed thousands deep end with a full stack. */
  private static void again(
      long end, Runnable count, Supplier<Future<?>> work, Promise<Void> ended) {
    if (System.nanoTime() >= end) {
      ended.complete();
      return;
    }
    work.get()
        .onComplete(
            answered -> {
              count.run();
              again(end, count, work, ended);
            },
            ended::fail);
  }
}
