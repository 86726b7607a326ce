package io.signalbox.gateway.notification;

import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What reading and writing a notification of about 300 bytes costs, beside what making a map of the
 * same bytes does.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ParserBenchmark {
  private static final String TENANT = "default";
  private static final Buffer BODY =
      Buffer.buffer(
          "{\"notification_type\":\"order_shipped\",\"channel\":\"telegram\","
              + "\"recipient_telegram_id\":123456789,\"title\":\"Your order is on its way\","
              + "\"message\":\"Hello, the parcel with your order number 2026-000451 has left our"
              + " house today and will be with you in two days.\",\"priority\":3,"
              + "\"metadata\":{\"order\":\"2026-000451\"}}");

  private final NotificationParser parser =
      new NotificationParser(Clock.systemUTC(), policy -> null);
  private final NotificationJson json = new NotificationJson();
  private SendNotification notification;

  /** All of them must agree on what the notification is. */
  @Setup
  public void setUp() {
    if (!(parse() instanceof ParsedNotification.Valid valid)) {
      throw new IllegalStateException("the body is not read");
    }
    notification = valid.notification();
    if (!stored().equals(notification)
        || !json.read(write(), TENANT, 1).equals(notification)
        || !map().getString("message").equals(notification.content().message())) {
      throw new IllegalStateException("it is read in different ways");
    }
  }

  /** As intake reads it: all rules, all mistakes. */
  @Benchmark
  public ParsedNotification parse() {
    return parser.parse(BODY, TENANT, null);
  }

  /** As the dispatcher reads what was stored. */
  @Benchmark
  public SendNotification stored() {
    return json.read(BODY, TENANT, 1);
  }

  /** As what a co-located verticle asks for is stored. */
  @Benchmark
  public Buffer write() {
    return json.write(notification);
  }

  /** A map of its fields, of which no rule was checked. */
  @Benchmark
  public JsonObject map() {
    return new JsonObject(BODY);
  }
}
