package io.signalbox.gateway.drill;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.intake.IntakeItem;
import io.signalbox.gateway.intake.Sender;
import io.signalbox.gateway.ledger.Drill;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.spi.Channel;
import io.signalbox.spi.intake.Accepted;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Sends a drill's test notifications at a steady rate, by the way that all notifications take.
 * Their recipients exist in no real network: they only ever reach a simulator. Thread-confined.
 */
final class DrillTraffic {
  private static final long SECOND_MILLIS = 1_000;
  private static final int MOST_WAITING = 200;

  /**
   * A test notification.
   *
   * @param number counts from 0 within the drill
   */
  record Sent(int number, NotificationId id) {}

  private final Vertx vertx;
  private final DrillTools tools;
  private final String tenant;
  private final String drill;
  private final Channel channel;
  private final JsonObject wishes;
  private int numbers;

  /**
   * Makes it silent.
   *
   * @param drill the drill's id
   * @param wishes fields that every notification has besides
   */
  DrillTraffic(
      Vertx vertx,
      DrillTools tools,
      String tenant,
      String drill,
      Channel channel,
      JsonObject wishes) {
    this.vertx = vertx;
    this.tools = tools;
    this.tenant = tenant;
    this.drill = drill;
    this.channel = channel;
    this.wishes = wishes;
  }

  /** The type of a drill's notifications, by which the dispatcher knows them. */
  static String typeOf(String drill) {
    return Drill.TYPE_PREFIX + drill;
  }

  /** The words by which a received message is recognised. */
  static String mark(String drill) {
    return "Signalbox drill " + drill + " no ";
  }

  /**
   * Sends so many, or fewer if it is told to stop.
   *
   * @param ratePerSecond 1 to 100
   * @param enough asked before each
   * @return those that were accepted; fails if one was refused
   */
  Future<List<Sent>> send(int count, int ratePerSecond, BooleanSupplier enough) {
    Promise<List<Sent>> done = Promise.promise();
    List<Sent> accepted = new ArrayList<>();
    int[] underWay = {0};
    int[] left = {count};
    long timer =
        vertx.setPeriodic(
            1,
            Math.max(1, SECOND_MILLIS / ratePerSecond),
            tick -> {
              boolean stop = left[0] == 0 || enough.getAsBoolean();
              if (stop && underWay[0] == 0) {
                done.tryComplete(accepted);
              } else if (!stop && underWay[0] < MOST_WAITING) {
                left[0]--;
                underWay[0]++;
                one()
                    .onComplete(any -> underWay[0]--)
                    .onSuccess(accepted::add)
                    .onFailure(done::tryFail);
              }
            });
    return done.future().onComplete(any -> vertx.cancelTimer(timer));
  }

  private Future<Sent> one() {
    int number = numbers++;
    Buffer body = body(number).toBuffer();
    ParsedNotification parsed = tools.parser().parse(body, tenant, null);
    if (!(parsed instanceof ParsedNotification.Valid valid)) {
      return Future.failedFuture(
          new GatewayException(422, "this channel cannot be drilled: " + parsed));
    }
    return tools
        .intake()
        .accept(
            new IntakeItem(valid.notification(), body),
            new Sender("drill " + drill, null, TraceContext.begin()))
        .map(stored -> new Sent(number, idOf(stored)));
  }

  private static NotificationId idOf(Accepted accepted) {
    return NotificationId.parse(accepted.id())
        .orElseThrow(() -> new IllegalStateException("an accepted id is readable"));
  }

  private JsonObject body(int number) {
    String text = mark(drill) + number + ".";
    JsonObject body =
        new JsonObject()
            .put("notification_type", typeOf(drill))
            .put("channel", channel.wireName())
            .put("title", text)
            .put("message", text)
            .put("ignore_suppression", true)
            .mergeIn(wishes);
    return switch (channel) {
      case EMAIL -> body.put("recipient_email", "drill-" + number + "@example.com");
      case SMS, WHATSAPP -> body.put("recipient_phone", phone(number));
      case TELEGRAM -> body.put("recipient_telegram_id", 1_000_000 + number);
      case NUMBER, BOOKING -> body;
    };
  }

  /** A number of the block +1 202 555 0100 to 0199, which is kept free for fiction. */
  private static String phone(int number) {
    return "+120255501" + (number % 100 < 10 ? "0" : "") + number % 100;
  }
}
