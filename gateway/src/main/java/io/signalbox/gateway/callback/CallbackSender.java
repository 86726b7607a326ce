package io.signalbox.gateway.callback;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.signalbox.gateway.callback.CallbackAnswer.Unanswered;
import io.signalbox.gateway.callback.CallbackAnswer.Unsent;
import io.signalbox.gateway.compat.hooks.HookRequest;
import io.signalbox.gateway.config.CallbackSettings;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackQueue.Due;
import io.signalbox.gateway.ledger.CloudEventJson;
import io.signalbox.gateway.model.TraceContext;
import io.signalbox.gateway.tracing.Tracing;
import io.signalbox.gateway.tracing.WorkSpan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Sends one event to one endpoint. The name is resolved for every attempt, its addresses are
 * checked, and the connection goes to exactly the address that was checked: an answer of DNS that
 * differs a moment later, or a connection that is kept open, cannot lead elsewhere. The name is
 * still what the certificate must be for. Used on one event loop.
 */
final class CallbackSender {
  private static final String USER_AGENT = "Signalbox";

  /** As many addresses are tried in one attempt; each has its share of the time to connect. */
  private static final int MAX_ADDRESSES = 4;

  private final Vertx vertx;
  private final HttpClient client;
  private final HostResolver resolver;
  private final AddressRules rules;
  private final CallbackSettings config;
  private final Clock clock;
  private final Tracing tracing;

  CallbackSender(
      Vertx vertx,
      HttpClient client,
      HostResolver resolver,
      CallbackSettings config,
      Clock clock,
      Tracing tracing) {
    this.vertx = vertx;
    this.client = client;
    this.resolver = resolver;
    this.rules = new AddressRules(config.allowedNetworks());
    this.config = config;
    this.clock = clock;
    this.tracing = tracing;
  }

  /** Sends; the Future fails, or this throws, only because of a bug. */
  Future<CallbackAnswer> send(CallbackEndpoint endpoint, Due due, String address) {
    if (endpoint.secrets().isEmpty()) {
      // Their key is not there: nothing goes out that is not signed.
      return Future.succeededFuture(new Unanswered("no_secret"));
    }
    HookRequest request =
        CallbackShape.request(endpoint, due, address, clock.instant()).orElse(null);
    if (request == null) {
      return Future.succeededFuture(new Unsent());
    }
    CallbackUrl url;
    try {
      url = CallbackUrl.parse(address, config.allowHttp());
    } catch (CallbackUrl.NotUsableException e) {
      return Future.succeededFuture(new Unanswered("url_not_allowed"));
    }
    CallbackExchange exchange = new CallbackExchange(vertx, clock, config.timeout());
    TraceContext place = place(endpoint, due, exchange);
    addresses(url)
        .onComplete(
            found -> {
              List<InetAddress> usable = found.stream().filter(rules::allow).toList();
              if (usable.isEmpty()) {
                exchange.end(new Unanswered("address_not_allowed"));
              } else {
                sendTo(rotated(usable, due.attempts()), exchange, request, url, place);
              }
            },
            failure -> exchange.end(new Unanswered("host_not_found")));
    return exchange.ended();
  }

  /** Where the attempt stands in the notification's trace; null if the event is about none. */
  private @Nullable TraceContext place(
      CallbackEndpoint endpoint, Due due, CallbackExchange exchange) {
    TraceContext told = CloudEventJson.trace(due.content()).orElse(null);
    if (told == null || !tracing.isOn()) {
      return told;
    }
    WorkSpan span = tracing.callback(endpoint.id().toString(), due.eventId(), told);
    exchange
        .ended()
        .onComplete(
            answer -> span.end(answer.status(), answer.error()),
            failure -> span.end(0, "internal"));
    return span.place();
  }

  private void sendTo(
      List<InetAddress> addresses,
      CallbackExchange exchange,
      HookRequest told,
      CallbackUrl url,
      @Nullable TraceContext place) {
    try {
      long connectMillis = Math.max(1, config.timeout().toMillis() / addresses.size());
      RequestOptions request = options(told, url, place).setConnectTimeout(connectMillis);
      List<RequestOptions> tries =
          addresses.stream().map(address -> to(address, url, request)).toList();
      exchange.send(client, tries, told.body());
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  /** Each attempt begins with another address, and goes on to others while none can be reached. */
  private static List<InetAddress> rotated(List<InetAddress> addresses, int attempts) {
    int first = attempts % addresses.size();
    return Stream.concat(
            addresses.subList(first, addresses.size()).stream(),
            addresses.subList(0, first).stream())
        .limit(MAX_ADDRESSES)
        .toList();
  }

  private static RequestOptions to(InetAddress address, CallbackUrl url, RequestOptions request) {
    return new RequestOptions(request)
        .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()));
  }

  private Future<List<InetAddress>> addresses(CallbackUrl url) {
    InetAddress literal = url.literal();
    return literal == null
        ? resolver.resolve(url.host())
        : Future.succeededFuture(List.of(literal));
  }

  private static RequestOptions options(
      HookRequest told, CallbackUrl url, @Nullable TraceContext place) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(url.hostInHeader())
            .setPort(url.port())
            .setSsl(url.tls())
            .setURI(url.uri())
            .setFollowRedirects(false)
            .putHeader(HttpHeaderNames.CONTENT_TYPE, told.mediaType())
            .putHeader(HttpHeaderNames.USER_AGENT, USER_AGENT);
    told.headers().forEach(request::putHeader);
    if (place != null) {
      request.putHeader(TraceContext.HEADER, place.traceparent());
    }
    return request;
  }
}
