package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.ExplainMessages.Explain;
import io.signalbox.gateway.bus.ExplainMessages.Explained;
import io.signalbox.gateway.ledger.Addressee;
import io.signalbox.gateway.ledger.SuppressionFilter;
import io.signalbox.gateway.model.SuppressionReason;
import io.signalbox.gateway.notification.NotificationParser;
import io.signalbox.gateway.notification.ParsedNotification;
import io.signalbox.gateway.policy.EffectivePolicy;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.intake.SendNotification;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * {@code POST /api/v1/notifications/explain}: what would happen to a notification now. Nothing is
 * stored, sent or changed.
 */
final class ExplainRoutes {
  private static final String PATH = SendRoutes.NOTIFICATIONS + "/explain";
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final ApiServices services;

  ExplainRoutes(ApiServices services) {
    this.services = services;
  }

  void mount(Router router, Gate gate) {
    router.post(PATH).handler(gate.stream(Access.EXPLAIN, this::explain));
    router.route(PATH).handler(Answers.only(HttpMethod.POST));
  }

  private void explain(RoutingContext ctx, Caller caller) {
    if (!MediaTypes.is(ctx.request(), MediaTypes.JSON)) {
      Problem.send(ctx, 415, "the body must be application/json in UTF-8");
      return;
    }
    BoundedBody.read(ctx.request(), NotificationParser.MAX_BYTES)
        .compose(body -> explain(body, caller))
        .onComplete(
            answer -> Answers.json(ctx, 200, answer), failure -> Problem.send(ctx, failure));
  }

  private Future<JsonObject> explain(Buffer body, Caller caller) {
    ParsedNotification parsed = services.parser().parse(body, caller.tenant(), null);
    return parsed instanceof ParsedNotification.Templated templated
        ? services.templates().fill(templated).compose(this::explain)
        : explain(parsed);
  }

  private Future<JsonObject> explain(ParsedNotification parsed) {
    if (parsed instanceof ParsedNotification.Invalid invalid) {
      return Future.failedFuture(
          new InvalidBodyException(
              invalid.status(), "the notification has mistakes", invalid.problems()));
    }
    SendNotification notification = ((ParsedNotification.Valid) parsed).notification();
    EffectivePolicy policy = services.policies().resolve(notification);
    return suppressed(notification, policy)
        .compose(
            suppressed ->
                services
                    .bus()
                    .request(
                        Addresses.EXPLAIN,
                        new Explain(notification, suppressed),
                        Explained.class,
                        TIMEOUT))
        .map(
            explained ->
                ExplainJson.write(
                    notification,
                    policy,
                    explained,
                    services.monitor().sample(),
                    services.clock().millis()));
  }

  private Future<Map<Channel, SuppressionReason>> suppressed(
      SendNotification notification, EffectivePolicy policy) {
    Map<Channel, SuppressionReason> found = new EnumMap<>(Channel.class);
    if (notification.ignoreSuppression()) {
      return Future.succeededFuture(found);
    }
    List<Channel> channels = new ArrayList<>();
    channels.add(notification.channel());
    channels.addAll(policy.fallbackChannelsOf(notification));
    List<Future<?>> asked = new ArrayList<>();
    for (Channel channel : channels) {
      Recipient recipient = notification.recipientFor(channel);
      if (recipient != null) {
        String address = Addressee.normal(recipient.address());
        SuppressionFilter filter =
            new SuppressionFilter(notification.tenant(), channel, address, null);
        asked.add(
            services
                .suppressions()
                .suppressions(filter, Long.MAX_VALUE, 1)
                .onSuccess(hits -> hits.forEach(hit -> found.put(channel, hit.reason()))));
      }
    }
    return Future.all(asked).map(found);
  }
}
