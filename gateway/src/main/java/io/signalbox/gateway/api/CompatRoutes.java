package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.compat.Dialect;
import io.signalbox.gateway.compat.DialectCall;
import io.signalbox.gateway.compat.DialectCall.Fetching;
import io.signalbox.gateway.compat.DialectCall.Listing;
import io.signalbox.gateway.compat.DialectCall.Sending;
import io.signalbox.gateway.compat.DialectCall.Telling;
import io.signalbox.gateway.compat.DialectRequest;
import io.signalbox.gateway.compat.Dialects;
import io.signalbox.gateway.security.Access;
import io.signalbox.gateway.security.Caller;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code /compat/<dialect>/...}, and {@code /...} on hosts and ports of their own: the APIs of
 * other providers, for applications that use their SDKs. Behind them stands the same as behind the
 * gateway's own: sign-in, limits, the parser, the ledger.
 */
final class CompatRoutes {
  private static final String ROOT = "/compat/";
  private static final String UNKNOWN = "signalbox.compat.unknown";

  /**
   * Providers take mails of up to 50 MB: an application that sends such ones is told what is wrong
   * with them.
   */
  private static final int PATIENCE_BYTES = 64 << 20;

  private final ApiServices services;
  private final BodyBudget bodies;
  private final BodyBudget made;
  private final BodyBudget strangers;
  private final CompatIntake intake;
  private final CompatReports reports;

  /**
   * Makes the routes.
   *
   * @param bodies what their bodies may have together
   * @param strangers what those bodies may have together that are read to see whose they are
   * @param made what may be made of them together: large mails to many are more than their bodies
   */
  CompatRoutes(ApiServices services, BodyBudget bodies, BodyBudget strangers, BodyBudget made) {
    this.services = services;
    this.bodies = bodies;
    this.strangers = strangers;
    this.made = made;
    this.intake = new CompatIntake(services);
    this.reports = new CompatReports(services.reports());
  }

  /** All that are spoken, each under its name. */
  void mount(Router router, Gate gate) {
    for (Dialect dialect : Dialects.named(services.config().compat().dialects())) {
      mount(router, gate, ROOT + dialect.name(), dialect);
    }
  }

  /**
   * One of them; it answers for all paths under the prefix.
   *
   * @param prefix without a slash at its end; may be empty
   */
  void mount(Router router, Gate gate, String prefix, Dialect dialect) {
    router.route(prefix + "/*").handler(ctx -> speak(ctx, dialect));
    Map<String, Set<HttpMethod>> methods = new LinkedHashMap<>();
    for (DialectCall call : dialect.calls()) {
      String path = prefix + call.path();
      methods
          .computeIfAbsent(path, first -> new LinkedHashSet<>())
          .addAll(mount(router, gate, path, dialect, call));
    }
    methods.forEach(
        (path, known) ->
            router.route(path).handler(Answers.only(known.toArray(HttpMethod[]::new))));
    router
        .route(prefix + "/*")
        .handler(ctx -> Problem.send(ctx, 404, "there is nothing at this path"));
  }

  /** By which methods the call is made. */
  private Set<HttpMethod> mount(
      Router router, Gate gate, String path, Dialect dialect, DialectCall call) {
    if (call instanceof Sending sending) {
      Set<HttpMethod> methods =
          sending.isMadeByGet() ? Set.of(HttpMethod.GET, HttpMethod.POST) : Set.of(HttpMethod.POST);
      Route route = router.route(path);
      methods.forEach(route::method);
      route
          .handler(CompatRoutes::noHead)
          .handler(ctx -> present(ctx, dialect, sending))
          .handler(gate.foreign(Access.SEND, (ctx, caller) -> take(ctx, caller, dialect, sending)));
      return methods;
    }
    if (call instanceof Fetching fetching) {
      router
          .get(path)
          .handler(ctx -> present(ctx, dialect, fetching))
          .handler(gate.foreign(Access.TIMELINE, (ctx, caller) -> fetch(ctx, caller, fetching)));
      return Set.of(HttpMethod.GET);
    }
    if (call instanceof Listing listing) {
      router
          .get(path)
          .handler(ctx -> present(ctx, dialect, listing))
          .handler(gate.foreign(Access.SEARCH, (ctx, caller) -> list(ctx, caller, listing)));
      return Set.of(HttpMethod.GET);
    }
    Telling telling = (Telling) call;
    router
        .route(path)
        .method(HttpMethod.GET)
        .method(HttpMethod.POST)
        .handler(ctx -> present(ctx, dialect, telling))
        .handler(gate.foreign(Access.SEND, (ctx, caller) -> tell(ctx, telling)));
    return Set.of(HttpMethod.GET, HttpMethod.POST);
  }

  /** Where there is {@code GET} there is {@code HEAD}, which must not send. */
  private static void noHead(RoutingContext ctx) {
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      Problem.send(ctx, 405, "this path has no such method");
    } else {
      ctx.next();
    }
  }

  private static void speak(RoutingContext ctx, Dialect dialect) {
    CompatAnswers.speak(ctx, dialect);
    ctx.next();
  }

  /** Finds the credential; in the body only where there can be one and the head has none. */
  private void present(RoutingContext ctx, Dialect dialect, DialectCall call) {
    CompatAnswers.speak(ctx, call);
    Optional<String> shown = dialect.credential(request(ctx, Buffer.buffer()));
    if (shown.isEmpty() && call instanceof Sending sending && sending.hasCredentialInBody()) {
      presentByBody(ctx, dialect, sending.maxBytes());
    } else {
      Gate.present(ctx, shown);
      ctx.next();
    }
  }

  /** A body that was read before it was known whose it is. */
  private record Unknown(Buffer body, BodyBudget.Share share) {}

  /** Bodies of strangers have little room, and not for long. */
  private void presentByBody(RoutingContext ctx, Dialect dialect, int maxBytes) {
    BodyBudget.Share share = share(ctx, strangers);
    long patience = services.config().webhooks().bodyTimeout().toMillis();
    long timer = ctx.vertx().setTimer(patience, late -> ctx.response().reset());
    BoundedBody.read(ctx.request(), maxBytes, share::take)
        .map(coded -> decoded(ctx, coded, maxBytes, share))
        .onComplete(read -> ctx.vertx().cancelTimer(timer))
        .onComplete(
            body ->
                Answers.orProblem(
                    ctx,
                    () -> {
                      ctx.put(UNKNOWN, new Unknown(body, share));
                      Gate.present(ctx, dialect.credentialInBody(request(ctx, body)));
                      ctx.next();
                    }),
            failure -> Problem.send(ctx, failure));
  }

  private void take(RoutingContext ctx, Caller caller, Dialect dialect, Sending call) {
    body(ctx, call.maxBytes())
        .onComplete(
            body -> Answers.orProblem(ctx, () -> take(ctx, caller, dialect, call, body)),
            failure -> Problem.send(ctx, failure));
  }

  private void take(RoutingContext ctx, Caller caller, Dialect dialect, Sending call, Buffer body) {
    DialectRequest request = request(ctx, body);
    CompatIntake.Task task =
        new CompatIntake.Task(
            dialect,
            call.read(request),
            body,
            caller,
            CompatCallbacks.key(caller, Gate.presented(ctx)),
            Correlation.of(ctx));
    BodyBudget.Share share = share(ctx, made);
    intake
        .take(task, share)
        .onComplete(done -> QuotaHeaders.put(ctx, services, caller, done.cause()))
        .onComplete(
            taken ->
                Answers.orProblem(
                    ctx, () -> CompatAnswers.send(ctx, call.answer(request, task.asked(), taken))),
            failure -> Problem.send(ctx, failure));
  }

  private void fetch(RoutingContext ctx, Caller caller, Fetching call) {
    DialectRequest request = request(ctx, Buffer.buffer());
    reports
        .find(caller.tenant(), call.id(request), call::others)
        .onComplete(
            found ->
                Answers.orProblem(ctx, () -> CompatAnswers.send(ctx, call.answer(request, found))),
            failure -> Problem.send(ctx, failure));
  }

  private void list(RoutingContext ctx, Caller caller, Listing call) {
    DialectRequest request = request(ctx, Buffer.buffer());
    reports
        .list(caller.tenant(), call.wanted(request))
        .onComplete(
            page ->
                Answers.orProblem(
                    ctx,
                    () -> CompatAnswers.send(ctx, call.answer(request, page.found(), page.next()))),
            failure -> Problem.send(ctx, failure));
  }

  private void tell(RoutingContext ctx, Telling call) {
    CompatAnswers.send(ctx, call.answer(request(ctx, Buffer.buffer())));
  }

  private Future<Buffer> body(RoutingContext ctx, int maxBytes) {
    BodyBudget.Share share = share(ctx, bodies);
    @Nullable Unknown read = ctx.get(UNKNOWN);
    if (read == null) {
      return BoundedBody.read(ctx.request(), maxBytes, PATIENCE_BYTES, share::take)
          .map(coded -> decoded(ctx, coded, maxBytes, share));
    }
    read.share().giveBack();
    return share.take(read.body().length())
        ? Future.succeededFuture(read.body())
        : Future.failedFuture(
            new GatewayException(503, "too many large bodies are being taken in"));
  }

  private static Buffer decoded(
      RoutingContext ctx, Buffer coded, int maxBytes, BodyBudget.Share share) {
    String coding = ctx.request().getHeader(HttpHeaders.CONTENT_ENCODING);
    return ContentCoding.undo(coding, coded, maxBytes, share::take);
  }

  /** What a request takes of a budget, given back at its end. */
  private static BodyBudget.Share share(RoutingContext ctx, BodyBudget budget) {
    BodyBudget.Share share = budget.open();
    ctx.addEndHandler(ended -> share.giveBack());
    return share;
  }

  private DialectRequest request(RoutingContext ctx, Buffer body) {
    return new DialectRequest(
        Map.copyOf(ctx.pathParams()),
        ctx.queryParams(),
        ctx.request().headers(),
        body,
        services.clock().instant());
  }
}
