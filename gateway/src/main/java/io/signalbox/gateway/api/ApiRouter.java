package io.signalbox.gateway.api;

import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.config.HttpSettings.Proxies;
import io.signalbox.gateway.connection.TrustedProxies;
import io.signalbox.gateway.console.ConsoleFiles;
import io.signalbox.gateway.contract.Contract;
import io.signalbox.gateway.security.RequestLimits;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** All routes. Makes a router for each event loop. */
final class ApiRouter {
  /** What the bodies of calls that people and tools make may have together. */
  private static final int OTHER_BODY_BYTES = 32 << 20;

  /** What bodies may have together that are read to see whose they are. */
  private static final int STRANGERS_BODY_BYTES = 1 << 20;

  private final ApiServices services;
  private final MetricsRoutes metrics;
  private final BodyBudget batches;
  private final BodyBudget filled;
  private final BodyBudget webhooks;
  private final BodyBudget others = new BodyBudget(OTHER_BODY_BYTES);
  private final BodyBudget strangers = new BodyBudget(STRANGERS_BODY_BYTES);
  private final RequestLimits limits;
  private final Contract contract;
  private final RequestCheck check;
  private final OpenApiRoute openApi = new OpenApiRoute();
  private final LiveBoard live;
  private final ConsoleFiles consoleFiles = new ConsoleFiles();

  /**
   * Prepares the routes.
   *
   * @param contract what calls are held to
   * @param live what is going on now
   */
  ApiRouter(ApiServices services, Contract contract, LiveBoard live) {
    this.services = services;
    this.metrics = new MetricsRoutes(services, new ApiGauges(services));
    this.batches = new BodyBudget(services.config().intake().batchBytes());
    this.filled = new BodyBudget(services.config().intake().batchBytes());
    this.webhooks = new BodyBudget(services.config().webhooks().maxBytesUnderWay());
    this.limits = new RequestLimits(services.config().security().requestRates(), System::nanoTime);
    this.contract = contract;
    this.check = new RequestCheck(contract);
    this.live = live;
  }

  /**
   * What answers on one event loop of a port.
   *
   * @param entrance what comes before all routes
   */
  Handler<HttpServerRequest> create(Vertx vertx, Front front, Entrance entrance) {
    CompatFront compat =
        new CompatFront(services.config().compat(), dialect -> dialect(vertx, dialect, entrance));
    return switch (front.surface()) {
      case DIALECT -> compat.one(front.dialect());
      case TRANSPARENT -> compat.byProvidersHost(nobody(vertx, entrance));
      case APPLICATIONS, ALL -> compat.byOwnHost(router(vertx, front.surface(), entrance));
      case ADMINISTRATION, METRICS -> router(vertx, front.surface(), entrance);
    };
  }

  private Router begun(Vertx vertx, Entrance entrance) {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            ctx -> {
              note(ctx);
              entrance.enter(ctx);
            });
    Proxies proxies = services.config().http().proxies();
    if (!proxies.networks().isEmpty()) {
      router.route().handler(Origin.believing(new TrustedProxies(proxies)));
    }
    return router;
  }

  private Router dialect(Vertx vertx, Dialect dialect, Entrance entrance) {
    Router router = begun(vertx, entrance);
    new HealthRoutes(services).mountProbes(router);
    Gate gate = new Gate(services, limits, check, others);
    new CompatRoutes(services, others, strangers, filled).mount(router, gate, "", dialect);
    return ended(router, entrance);
  }

  /** For requests that came to a server that has no such name. */
  private Router nobody(Vertx vertx, Entrance entrance) {
    Router router = begun(vertx, entrance);
    new HealthRoutes(services).mountProbes(router);
    router.route().handler(ctx -> Problem.send(ctx, 421, "no dialect has this host name"));
    return ended(router, entrance);
  }

  /** What one surface serves, but for hosts of dialects. */
  Router router(Vertx vertx, Surface surface, Entrance entrance) {
    Router router = begun(vertx, entrance);
    Gate gate = new Gate(services, limits, check, others);
    HealthRoutes health = new HealthRoutes(services);
    if (surface.sends()) {
      new SendRoutes(services).mount(router, gate);
      new ExplainRoutes(services).mount(router, gate);
      new BatchRoutes(services, batches, filled).mount(router, gate);
    }
    if (surface.hooks()) {
      new WebhookRoutes(services, webhooks).mount(router);
    }
    if (surface.sends()) {
      new CompatRoutes(services, others, strangers, filled).mount(router, gate);
    }
    if (surface.administers()) {
      metrics.mount(router, gate);
    } else if (surface == Surface.METRICS) {
      metrics.mountOpen(router);
    }
    if (surface.sends()) {
      new NumberRoutes(services).mount(router, gate);
      new TimelineRoutes(services).mount(router, gate);
      new BookingRoutes(services).mount(router, gate);
      new QuotaRoutes(services).mount(router, gate);
      new CancelRoutes(services).mount(router, gate);
      new PipelineHealthRoutes(services).mount(router, gate);
      health.mountReports(router, gate);
    }
    if (surface.administers()) {
      mountAdministration(router, gate);
    }
    health.mountProbes(router);
    ProblemRoutes.mount(router);
    openApi.mount(router);
    return ended(router, entrance);
  }

  private Router ended(Router router, Entrance entrance) {
    answerHeads(router);
    router.errorHandler(400, ctx -> refuse(ctx, entrance, 400, "the request is not well formed"));
    router.errorHandler(404, ctx -> refuse(ctx, entrance, 404, "there is nothing at this path"));
    router.errorHandler(
        405, ctx -> Answers.otherMethod(ctx, contract.methods(ctx.normalizedPath())));
    router.errorHandler(500, ApiRouter::failed);
    return router;
  }

  private void note(RoutingContext ctx) {
    Correlation.note(ctx, services.tracing());
    AccessLog.watch(ctx);
  }

  private void mountAdministration(Router router, Gate gate) {
    new SearchRoutes(services).mount(router, gate);
    new DeadLetterRoutes(services).mount(router, gate);
    new SuppressionRoutes(services).mount(router, gate);
    new ErasureRoutes(services).mount(router, gate);
    new CallbackRoutes(services).mount(router, gate);
    new CallbackLogRoutes(services).mount(router, gate);
    new PreferenceRoutes(services).mount(router, gate);
    new ProviderRoutes(services).mount(router, gate);
    new ApiKeyRoutes(services).mount(router, gate);
    new AuditRoutes(services).mount(router, gate);
    new PluginRoutes(services).mount(router, gate);
    new PolicyRoutes(services).mount(router, gate);
    new BackTestRoutes(services).mount(router, gate);
    new TemplateRoutes(services).mount(router, gate);
    new BreakerEventRoutes(services).mount(router, gate);
    new DrillRoutes(services).mount(router, gate);
    new LoggerRoutes(services).mount(router, gate);
    new LiveRoutes(services, live).mount(router, gate);
    new ConsoleRoutes(consoleFiles).mount(router);
  }

  /** What a {@code GET} answers a {@code HEAD} answers too, without the body. */
  private static void answerHeads(Router router) {
    for (Route route : router.getRoutes()) {
      if (route.methods() != null && route.methods().contains(HttpMethod.GET)) {
        route.method(HttpMethod.HEAD);
      }
    }
  }

  /** Some requests fail before the first route, which is the entrance. */
  private void refuse(RoutingContext ctx, Entrance entrance, int status, String detail) {
    if (Correlation.id(ctx).isEmpty()) {
      note(ctx);
      entrance.refuse(ctx, status, detail);
    } else {
      Problem.send(ctx, status, detail);
    }
  }

  private static void failed(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    Problem.send(ctx, failure == null ? new IllegalStateException("no reason given") : failure);
  }
}
