package io.signalbox.gateway.intake;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.Intake;
import io.signalbox.spi.intake.TemplateChoice;
import io.signalbox.spi.intake.TemplatedNotification;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.math.BigDecimal;
import java.util.Map;

/** A verticle of an application that names a template; docs/event-bus.md shows it. */
final class WelcomeVerticle extends VerticleBase {
  private final String customer;
  private volatile Accepted sent = new Accepted("", "", false);

  WelcomeVerticle(String customer) {
    this.customer = customer;
  }

  @Override
  public Future<?> start() {
    return welcome("Alex", new BigDecimal("12.50")).onSuccess(accepted -> sent = accepted);
  }

  private Future<Accepted> welcome(String name, BigDecimal amount) {
    return new Intake(vertx)
        .send(
            TemplatedNotification.of(
                "welcome",
                Channel.EMAIL,
                new Recipient.Email(customer),
                TemplateChoice.of("welcome", Map.of("name", name, "amount", amount))));
  }

  /** What the gateway answered. */
  Accepted sent() {
    return sent;
  }
}
