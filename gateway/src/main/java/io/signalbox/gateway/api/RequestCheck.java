package io.signalbox.gateway.api;

import io.signalbox.gateway.bus.GatewayException;
import io.signalbox.gateway.contract.Contract;
import io.signalbox.gateway.contract.Operation;
import io.signalbox.gateway.contract.Operation.Parameter;
import io.signalbox.gateway.notification.FieldProblem;
import io.signalbox.gateway.text.NearestName;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Holds requests to the document: what it does not allow never comes to a route. Thread-safe. */
final class RequestCheck {
  private final Contract contract;
  private final Map<String, Operation> byRoute = new ConcurrentHashMap<>();

  RequestCheck(Contract contract) {
    this.contract = contract;
  }

  /** The call of the document that a request makes by its route. */
  Operation operation(RoutingContext ctx) {
    Route current = ctx.currentRoute();
    String route = current == null ? null : current.getPath();
    if (route == null) {
      throw new IllegalStateException("only routes with a path are in the document");
    }
    String method = ctx.request().method().name();
    return byRoute.computeIfAbsent(
        method + " " + route,
        unused ->
            contract
                .find(method.equals("HEAD") ? "GET" : method, route)
                .orElseThrow(() -> new IllegalStateException("not in the document: " + route)));
  }

  /**
   * Checks all but the body.
   *
   * @throws GatewayException of status 404 for a part of the path, 406 for {@code Accept}, and 422
   *     for parameters
   */
  void head(RoutingContext ctx, Operation operation) {
    HttpServerRequest request = ctx.request();
    if (!MediaTypes.accepts(request.getHeader(HttpHeaders.ACCEPT), operation.produced())) {
      throw new GatewayException(
          406, "the answer would be " + String.join(" or ", operation.produced()));
    }
    Set<String> known = new TreeSet<>();
    for (Parameter parameter : operation.parameters()) {
      switch (parameter.place()) {
        case "path" -> path(ctx, parameter);
        case "query" -> {
          known.add(parameter.name());
          all(parameter, ctx.queryParams().getAll(parameter.name()));
        }
        default -> all(parameter, request.headers().getAll(parameter.name()));
      }
    }
    for (String name : ctx.queryParams().names()) {
      if (!known.contains(name)) {
        throw new GatewayException(
            422, name + " is not a known parameter" + NearestName.hint(name, known));
      }
    }
  }

  /**
   * The same for calls that are made so often that it may cost nothing: what most requests have
   * needs no look into the document.
   */
  void headOfStream(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    boolean plain = accept == null || accept.equals("*/*") || accept.equals(MediaTypes.JSON);
    if (!plain || request.query() != null) {
      head(ctx, operation(ctx));
    }
  }

  private void path(RoutingContext ctx, Parameter parameter) {
    String value = ctx.pathParam(parameter.name());
    // What is put at a path is named there for the first time: its route says what names there are.
    boolean put = ctx.request().method().equals(HttpMethod.PUT);
    if (!put && value != null && contract.check(parameter, value) != null) {
      throw new GatewayException(404, "there is nothing of that " + parameter.name());
    }
  }

  private void all(Parameter parameter, List<String> values) {
    int status = parameter.name().equals("Idempotency-Key") ? 400 : 422;
    if (values.size() > 1) {
      throw new GatewayException(status, parameter.name() + " must be there once");
    }
    for (String value : values) {
      String problem = contract.check(parameter, value);
      if (problem != null) {
        throw new GatewayException(status, parameter.name() + " " + problem);
      }
    }
  }

  /**
   * Checks the body that was received. One without a media type is taken as JSON.
   *
   * @throws GatewayException of status 415 or 400
   * @throws InvalidBodyException for mistakes in it
   */
  void body(RoutingContext ctx, Operation operation) {
    if (operation.bodies().isEmpty()) {
      return;
    }
    mediaType(ctx, operation);
    JsonObject schema = operation.bodies().get(MediaTypes.JSON);
    if (schema != null) {
      List<FieldProblem> problems = contract.check(schema, JsonBody.value(ctx));
      if (problems.stream().anyMatch(problem -> problem.pointer().isEmpty())) {
        throw new GatewayException(400, JsonBody.RULE);
      }
      if (!problems.isEmpty()) {
        throw new InvalidBodyException("the body has mistakes", problems);
      }
    }
  }

  /**
   * Checks what a body says that it is; it may say nothing.
   *
   * @throws GatewayException of status 415
   */
  void mediaType(RoutingContext ctx, Operation operation) {
    HttpServerRequest request = ctx.request();
    if (request.getHeader(HttpHeaders.CONTENT_TYPE) != null
        && operation.bodies().keySet().stream().noneMatch(type -> MediaTypes.is(request, type))) {
      throw new GatewayException(
          415,
          "the body must be " + String.join(" or ", operation.bodies().keySet()) + " in UTF-8");
    }
  }
}
