package io.signalbox.gateway.intake;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.Bus;
import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.ledger.RepeatedRequest;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.notification.NotificationJson;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.template.Templates;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.tracing.WorkSpan;
import io.signalbox.gateway.trail.NotificationLog;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.IntakeRequest;
import io.signalbox.spi.intake.SendNotification;
import io.signalbox.spi.intake.TemplatedNotification;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.util.List;
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
  private final NotificationJson codec;
  private final NotificationParser parser;
  private final Templates templates;
  private final IntakeService intake;
  private final Tracing tracing;

  /** Makes the verticle. */
  public IntakeBusVerticle(
      Bus bus,
      NotificationJson codec,
      NotificationParser parser,
      Templates templates,
      IntakeService intake,
      Tracing tracing) {
    this.bus = bus;
    this.codec = codec;
    this.parser = parser;
    this.templates = templates;
    this.intake = intake;
    this.tracing = tracing;
  }

  @Override
  public Future<?> start() {
    return bus.answer(Addresses.INTAKE, IntakeRequest.class, this::accept).completion();
  }

  private Future<Accepted> accept(IntakeRequest request) {
    Buffer content;
    try {
      content = codec.write(request);
    } catch (IllegalArgumentException e) {
      return refused(String.valueOf(e.getMessage()));
    }
    if (content.length() > NotificationParser.MAX_BYTES) {
      return Future.failedFuture(
          new GatewayException(413, "has more than " + NotificationParser.MAX_BYTES + " bytes"));
    }
    SendNotification notification =
        request instanceof TemplatedNotification templated
            ? templated.notification()
            : (SendNotification) request;
    ParsedNotification parsed =
        parser.parse(content, notification.tenant(), notification.idempotencyKey());
    return parsed instanceof ParsedNotification.Templated templated
        ? templates.fill(templated).compose(filled -> accept(notification, content, filled))
        : accept(notification, content, parsed);
  }

  /**
   * Goes on with one that has its texts.
   *
   * @param asked its JSON object before a template gave them
   */
  private Future<Accepted> accept(
      SendNotification notification, Buffer asked, ParsedNotification parsed) {
    if (parsed instanceof ParsedNotification.Valid valid) {
      IntakeItem item = IntakeItem.of(valid, asked);
      if (!tracing.isOn()) {
        return store(item, TraceContext.begin());
      }
      WorkSpan span = tracing.intake();
      return store(item, span.place()).onComplete(done -> span.end());
    }
    String mistakes = describe((ParsedNotification.Invalid) parsed);
    String key = notification.idempotencyKey();
    if (key == null) {
      return refused(mistakes);
    }
    return intake
        .earlier(List.of(RepeatedRequest.of(notification.tenant(), key, asked)))
        .compose(
            found -> found.get(0).map(IntakeBusVerticle::again).orElseGet(() -> refused(mistakes)));
  }

  private static Future<Accepted> again(IntakeResult earlier) {
    TraceContext trace = TraceContext.begin();
    return earlier
        .alone()
        .onSuccess(accepted -> TRAIL.accepted(accepted.id(), accepted.duplicate(), trace));
  }

  private Future<Accepted> store(IntakeItem item, TraceContext trace) {
    return intake
        .accept(item, Sender.nearby(trace))
        .onSuccess(accepted -> TRAIL.accepted(accepted.id(), accepted.duplicate(), trace));
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
