package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.Addresses;
import io.signalbox.gateway.bus.WebhookMessages.Answer;
import io.signalbox.gateway.bus.WebhookMessages.Arrived;
import io.signalbox.gateway.config.GatewayConfig;
import io.signalbox.spi.WebhookRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * {@code /webhooks/{provider}}: hands the raw request to the provider, whose signature check is all
 * that lets it in.
 */
final class WebhookRoutes {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final ApiServices services;
  private final BodyBudget budget;

  WebhookRoutes(ApiServices services, BodyBudget budget) {
    this.services = services;
    this.budget = budget;
  }

  void mount(Router router) {
    router.post("/webhooks/:provider").handler(this::webhook);
    router.get("/webhooks/:provider").handler(this::webhook);
    router.route("/webhooks/:provider").handler(Answers.only(HttpMethod.GET, HttpMethod.POST));
  }

  private void webhook(RoutingContext ctx) {
    String provider = Answers.pathParam(ctx, "provider");
    if (services.providers().find(provider).isEmpty()) {
      refuse(ctx, services.providers().isAway(provider));
      return;
    }
    BodyBudget.Share share = budget.open();
    body(ctx, share)
        .compose(body -> ask(provider, ctx.request(), body))
        .onComplete(done -> share.giveBack())
        .onComplete(answer -> answer(ctx, answer), failure -> Problem.send(ctx, failure));
  }

  /** Senders repeat what is answered with 503; many take 404 for final. */
  private static void refuse(RoutingContext ctx, boolean away) {
    if (away) {
      Problem.send(ctx, 503, "the gateway that has this provider is not there now; send it again");
    } else {
      Problem.send(ctx, 404, "there is no provider of that id");
    }
  }

  /** Bodies of strangers are held too, until their signature is checked; so not for long. */
  private Future<Buffer> body(RoutingContext ctx, BodyBudget.Share share) {
    GatewayConfig.Webhooks limits = services.config().webhooks();
    long timer =
        ctx.vertx().setTimer(limits.bodyTimeout().toMillis(), late -> ctx.response().reset());
    return BoundedBody.read(ctx.request(), limits.maxBodyBytes(), share::take)
        .onComplete(read -> ctx.vertx().cancelTimer(timer));
  }

  private Future<Answer> ask(String provider, HttpServerRequest request, Buffer body) {
    String query = request.query();
    WebhookRequest webhook =
        new WebhookRequest(
            request.method().name(),
            externalUrl(request),
            query == null ? "" : query,
            MultiMap.caseInsensitiveMultiMap().addAll(request.headers()),
            body,
            services.clock().instant());
    return services
        .bus()
        .request(Addresses.WEBHOOK, new Arrived(provider, webhook), Answer.class, ANSWER_TIMEOUT);
  }

  /** The URL as the provider called it: behind a proxy only the configuration knows. */
  private String externalUrl(HttpServerRequest request) {
    return services
        .config()
        .webhooks()
        .publicUrl()
        .map(base -> base + request.uri())
        .orElseGet(request::absoluteURI);
  }

  private static void answer(RoutingContext ctx, Answer answer) {
    ctx.response().setStatusCode(answer.status());
    if (!answer.contentType().isEmpty()) {
      ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, answer.contentType());
    }
    Answers.end(ctx, Buffer.buffer(answer.body()));
  }
}
