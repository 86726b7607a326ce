package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.NotificationCodec;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * Takes notifications of co-located verticles from the event bus. They pass the same rules as those
 * that come over HTTP, by the same parser.
 */
public final class IntakeBusVerticle extends VerticleBase {
  private static final NotificationLog TRAIL =
      new NotificationLog(LoggerFactory.getLogger(IntakeBusVerticle.class));

  private final Bus bus;
  private final NotificationCodec codec;
  private final NotificationParser parser;
  private final IntakeService intake;

  /** Makes the verticle. */
  public IntakeBusVerticle(
      Bus bus, NotificationCodec codec, NotificationParser parser, IntakeService intake) {
    this.bus = bus;
    this.codec = codec;
    this.parser = parser;
    this.intake = intake;
  }

  @Override
  public Future<?> start() {
    return bus.answer(Addresses.INTAKE, SendNotification.class, this::accept).completion();
  }

  private Future<Accepted> accept(SendNotification notification) {
    Buffer content;
    try {
      content = codec.write(notification);
    } catch (IllegalArgumentException e) {
      return refused("/metadata " + e.getMessage());
    }
    if (content.length() > NotificationParser.MAX_BYTES) {
      return Future.failedFuture(
          new GatewayException(413, "has more than " + NotificationParser.MAX_BYTES + " bytes"));
    }
    ParsedNotification parsed =
        parser.parse(content, notification.tenant(), notification.idempotencyKey());
    if (parsed instanceof ParsedNotification.Valid valid) {
      return intake
          .accept(new IntakeItem(valid.notification(), content), Sender.NEARBY)
          .onSuccess(accepted -> TRAIL.accepted(accepted.id(), accepted.duplicate(), null));
    }
    return refused(describe((ParsedNotification.Invalid) parsed));
  }

  private static String describe(ParsedNotification.Invalid invalid) {
    return invalid.problems().stream()
        .map(IntakeBusVerticle::describe)
        .collect(Collectors.joining("; "));
  }

  private static String describe(FieldProblem problem) {
    return problem.pointer() + " " + problem.detail();
  }

  private static Future<Accepted> refused(String detail) {
    return Future.failedFuture(new GatewayException(422, detail));
  }
}
