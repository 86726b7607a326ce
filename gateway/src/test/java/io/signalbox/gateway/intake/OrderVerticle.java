package io.signalbox.gateway.intake;

import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.Accepted;
import io.signalbox.spi.intake.Intake;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** An application's verticle in the gateway's Vert.x; docs/event-bus.md shows it. */
final class OrderVerticle extends VerticleBase {
  private final String customer;

  OrderVerticle(String customer) {
    this.customer = customer;
  }

  @Override
  public Future<?> start() {
    return orderShipped("order 4711").onSuccess(accepted -> context.put("id", accepted.id()));
  }

  private Future<Accepted> orderShipped(String order) {
    return new Intake(vertx)
        .send(
            SendNotification.of(
                "order_shipped",
                Channel.EMAIL,
                new Recipient.Email(customer),
                new Content("Shipped", "Your " + order + " is on its way.", null)));
  }
}
