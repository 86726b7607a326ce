package io.signalbox.simulator;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.FaultMode;
import io.signalbox.simulator.core.FaultSettings;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.OpenPort;
import io.signalbox.simulator.core.PluginFront;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An API over HTTP, with the faults of its settings. */
final class HttpFront implements PluginFront {
  private static final Logger LOG = LoggerFactory.getLogger(HttpFront.class);

  private final Vertx vertx;
  private final RemoteApi api;
  private final PluginState state;

  HttpFront(Vertx vertx, RemoteApi api, PluginState state) {
    this.vertx = vertx;
    this.api = api;
    this.state = state;
  }

  @Override
  public String name() {
    return api.name();
  }

  @Override
  public String scheme() {
    return "http";
  }

  @Override
  public JsonObject account() {
    return api.account();
  }

  @Override
  public List<String> calls() {
    return api.calls();
  }

  @Override
  public @Nullable Books books() {
    return api.books();
  }

  @Override
  public Future<OpenPort> open(String host, int port) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(host)
            .setPort(port)
            .setTcpNoDelay(true)
            .setHandle100ContinueAutomatically(true)
            .setDecompressionSupported(api.acceptsGzip());
    return vertx
        .createHttpServer(options)
        .requestHandler(this::read)
        .listen()
        .map(server -> new OpenPort(server.actualPort(), server::close));
  }

  @Override
  public void changed(FaultSettings settings) {
    api.changed(settings);
  }

  @Override
  public void close() {
    api.close();
  }

  private void read(HttpServerRequest request) {
    BodyCollector.collect(
        request,
        api.maxBodyBytes(),
        body -> {
          try {
            serve(request, body == null ? Buffer.buffer() : body, body == null);
          } catch (RuntimeException bug) {
            LOG.error("the simulated {} failed; it answers 500", api.name(), bug);
            write(request, Answer.empty(500), 0);
          }
        });
  }

  private void serve(HttpServerRequest request, Buffer body, boolean tooLarge) {
    String path = request.path();
    ApiRequest asked =
        new ApiRequest(
            request.method(), path == null ? "/" : path, request.query(), request.headers(), body);
    FaultSettings settings = state.settings();
    boolean affected = api.hasFaults(asked.path()) && settings.isMeantFor(api.call(asked));
    FaultMode mode = affected && state.isHit() ? settings.mode() : FaultMode.OK;
    long latency = affected && mode == settings.mode() ? settings.latencyMillis() : 0;
    Handling handling = Handling.of(mode, latency);
    switch (mode) {
      case HANG -> {}
      case ERROR, BROWNOUT -> write(request, failure(Failure.ERROR, asked), latency);
      case UNAVAILABLE -> write(request, failure(Failure.UNAVAILABLE, asked), latency);
      case THROTTLE -> write(request, failure(Failure.THROTTLE, asked), latency);
      case CUT -> {
        answer(asked, handling, tooLarge);
        cut(request);
      }
      case CUT_BEFORE -> cut(request);
      case ERROR_AFTER -> {
        answer(asked, handling, tooLarge);
        write(request, failure(Failure.ERROR, asked), latency);
      }
      case OK, REFUSE, SLOW, SILENT, SWALLOW, REJECT ->
          write(request, answer(asked, handling, tooLarge), latency);
    }
  }

  private Answer answer(ApiRequest request, Handling handling, boolean tooLarge) {
    return tooLarge ? failure(Failure.TOO_LARGE, request) : api.answer(request, handling);
  }

  private Answer failure(Failure failure, ApiRequest request) {
    return api.failure(failure, request, state.settings().retryAfterSeconds());
  }

  private void cut(HttpServerRequest request) {
    request.connection().close().onFailure(e -> LOG.debug("connection was gone already", e));
  }

  private void write(HttpServerRequest request, Answer answer, long latencyMillis) {
    if (latencyMillis <= 0) {
      write(request.response(), answer);
      return;
    }
    long timer = vertx.setTimer(latencyMillis, id -> write(request.response(), answer));
    request.response().closeHandler(gone -> vertx.cancelTimer(timer));
  }

  private static void write(HttpServerResponse response, Answer answer) {
    if (response.closed() || response.ended()) {
      return;
    }
    response.setStatusCode(answer.status());
    answer.headers().forEach(response::putHeader);
    response.end(answer.body()).onFailure(e -> LOG.debug("client left before its answer", e));
  }
}
