package io.signalbox.gateway.api;

import io.signalbox.gateway.security.RequestLimits;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** All routes. Makes a router for each event loop. */
final class ApiRouter {
  private final ApiServices services;
  private final MetricsRoutes metrics;
  private final BodyBudget batches;
  private final BodyBudget webhooks;
  private final RequestLimits limits;
  private final Buffer openApi;

  /**
   * Prepares the routes.
   *
   * @param openApi the document that is served as {@code /openapi.yaml}
   */
  ApiRouter(ApiServices services, Buffer openApi) {
    this.services = services;
    this.metrics = new MetricsRoutes(services, new ApiGauges(services));
    this.batches = new BodyBudget(services.config().intake().batchBytes());
    this.webhooks = new BodyBudget(services.config().webhooks().maxBytesUnderWay());
    this.limits = new RequestLimits(services.config().security().requestRates(), System::nanoTime);
    this.openApi = openApi;
  }

  Router create(Vertx vertx) {
    Router router = Router.router(vertx);
    Gate gate = new Gate(services, limits);
    router.route().handler(Correlation::begin);
    new SendRoutes(services).mount(router, gate);
    new ExplainRoutes(services).mount(router, gate);
    new BatchRoutes(services, batches).mount(router, gate);
    new WebhookRoutes(services, webhooks).mount(router);
    metrics.mount(router, gate);
    new TimelineRoutes(services).mount(router, gate);
    new CancelRoutes(services).mount(router, gate);
    new DeadLetterRoutes(services).mount(router, gate);
    new SuppressionRoutes(services).mount(router, gate);
    new CallbackRoutes(services).mount(router, gate);
    new CallbackLogRoutes(services).mount(router, gate);
    new PreferenceRoutes(services).mount(router, gate);
    new ProviderRoutes(services).mount(router, gate);
    new ApiKeyRoutes(services).mount(router, gate);
    new PluginRoutes(services).mount(router, gate);
    new PolicyRoutes(services).mount(router, gate);
    new BreakerEventRoutes(services).mount(router, gate);
    new DrillRoutes(services).mount(router, gate);
    new HealthRoutes(services).mount(router, gate);
    new PipelineHealthRoutes(services).mount(router, gate);
    router.get("/openapi.yaml").handler(this::openApi);
    router.errorHandler(400, ctx -> Problem.send(ctx, 400, "the request is not well formed"));
    router.errorHandler(404, ctx -> Problem.send(ctx, 404, "there is nothing at this path"));
    router.errorHandler(405, ctx -> Problem.send(ctx, 405, "this path has no such method"));
    router.errorHandler(500, ApiRouter::failed);
    return router;
  }

  private void openApi(RoutingContext ctx) {
    Answers.end(
        ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml"), openApi.copy());
  }

  private static void failed(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    Problem.send(ctx, failure == null ? new IllegalStateException("no reason given") : failure);
  }
}
