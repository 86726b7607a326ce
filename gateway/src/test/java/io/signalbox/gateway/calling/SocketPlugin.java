package io.signalbox.gateway.calling;

import io.signalbox.loader.PluginSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A plugin in a real jar that carries mail and rents numbers over real sockets: each call is a GET
 * of its own name, and the answer says what comes of it: {@code done}, {@code short}, {@code
 * fault}, {@code broken}, {@code unknown}, or, for a bug, {@code throw}. It keeps no time-outs. A
 * provider with {@code slow: true} asks {@code start} before it is there.
 */
public final class SocketPlugin {
  private static final String FACTORY =
      """
      package acme;
      import io.signalbox.spi.*;
      import java.util.Set;
      public final class Factory implements ProviderFactory {
        @Override public PluginDescriptor descriptor() {
          return new PluginDescriptor("socket", "socket $VERSION",
              Set.of(Channel.EMAIL, Channel.NUMBER), Set.of(), "", false, false);
        }
        @Override public Provider create(ProviderContext context) { return new Socket(context); }
      }
      """;

  private static final String PROVIDER =
      """
      package acme;
      import io.signalbox.spi.*;
      import io.signalbox.spi.operation.*;
      import io.vertx.core.*;
      import io.vertx.core.http.*;
      import java.time.Duration;
      import java.util.*;
      final class Socket implements $INTERFACES {
        private final HttpClient client;
        private final int port;
        Socket(ProviderContext context) {
          port = (int) context.config().integer("port", 0, 1, 65535);
          if (context.config().flag("slow", false)) {
            try (var start = new java.net.Socket("127.0.0.1", port)) {
              start.getOutputStream().write("GET /start HTTP/1.0\\r\\n\\r\\n".getBytes());
              start.getInputStream().read();
            } catch (java.io.IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          }
          client = context.vertx().createHttpClient(
              new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(200));
        }
        private Future<String> get(String what) {
          return client.request(HttpMethod.GET, port, "127.0.0.1", "/$VERSION/" + what)
              .compose(request -> request.send().compose(answer -> answer.body()))
              .map(body -> body.toString());
        }
        private <T> Future<Answer<T>> ask(String what, T value) {
          return get(what).map(said -> answer(said, value));
        }
        private static <T> Answer<T> answer(String said, T value) {
          Evidence evidence = Evidence.answered(200, said, "it said " + said);
          switch (said) {
            case "done": return new Answer.Done<>(value, evidence);
            case "short": return new Answer.Unserved<>(Shortage.NO_STOCK, null, evidence);
            case "fault": return new Answer.Failed<>(new Outcome.ProviderFault(evidence));
            case "broken": return new Answer.Failed<>(new Outcome.Transient(evidence));
            case "unknown": return new Answer.Failed<>(new Outcome.Unknown(evidence));
            case "pause": return new Answer.Failed<>(
                new Outcome.Throttled(Duration.ofSeconds(30), evidence));
            default: throw new IllegalStateException(said);
          }
        }
        public Future<CheckResult> check() {
          return Future.succeededFuture(CheckResult.healthy("well"));
        }
        public Future<Void> close() { return client.close(); }
        public Future<Outcome> deliver(DeliveryRequest request) {
          return get("deliver").map(
              said -> new Outcome.Sent(said, Evidence.answered(200, null, null)));
        }
        public Future<Answer<Rental>> rent(RentRequest request) {
          return ask("rent", new Rental("r-" + request.service(), "+15550100", null, null, null));
        }
        public Future<Answer<List<Rental>>> findRentals(RentalSearch search) {
          return ask("find", List.of(new Rental("r-found", "+15550100", null, null, null)));
        }
        public Future<Answer<Optional<RentalStatus>>> rentalStatus(String id, Duration timeout) {
          return ask("status", Optional.of(new RentalStatus(RentalState.WAITING, List.of())));
        }
        public Future<Answer<RentalStatus>> changeRental(
            String id, RentalChange change, Duration timeout) {
          return ask(change.wireName(), new RentalStatus(RentalState.CANCELLED, List.of()));
        }
        public Future<Answer<List<NumberOffer>>> offers(OfferWish wish) {
          return ask("offers", List.of());
        }
      }
      """;

  private SocketPlugin() {}

  /**
   * Puts a version in place of the one before.
   *
   * @param mail whether it carries mail too
   */
  public static void put(Path plugins, String version, boolean mail) throws IOException {
    Files.createDirectories(plugins);
    String interfaces = mail ? "MessageProvider, NumberProvider" : "NumberProvider";
    PluginSource.plugin("socket", version)
        .type("acme.Factory", FACTORY.replace("$VERSION", version))
        .type(
            "acme.Socket", PROVIDER.replace("$VERSION", version).replace("$INTERFACES", interfaces))
        .moveTo(plugins.resolve("socket.jar"));
  }

  /** Puts the file of a provider. */
  public static void provider(Path plugins, String id, int port, String more) throws IOException {
    Files.createDirectories(plugins);
    Files.writeString(
        plugins.resolve(id + ".yaml"),
        "plugin: socket\n" + more + "config:\n  port: " + port + "\n");
  }
}
