package io.signalbox.gateway.guard;

import io.signalbox.loader.PluginSource;

/**
 * A plugin that leaves things behind: the notification type of a delivery says what. All of it is
 * kept by the Vert.x instance that it was given, or by that one's threads.
 */
final class TidyPlugin {
  private static final String FACTORY =
      """
      package acme;
      import io.signalbox.spi.*;
      import java.util.Set;
      public final class Factory implements ProviderFactory {
        @Override public PluginDescriptor descriptor() {
          return new PluginDescriptor("mail", "Mail", Set.of(Channel.EMAIL), Set.of(), "", false,
              false);
        }
        @Override public Provider create(ProviderContext context) { return new Mail(context); }
      }
      """;

  private static final String MAIL =
      """
      package acme;
      import io.netty.util.concurrent.FastThreadLocal;
      import io.signalbox.spi.*;
      import io.vertx.core.*;
      import io.vertx.core.buffer.Buffer;
      import io.vertx.core.eventbus.MessageCodec;
      import io.vertx.core.http.HttpClient;
      import io.vertx.core.shareddata.Shareable;
      final class Mail implements MessageProvider {
        private static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
        private static final FastThreadLocal<Object> FAST = new FastThreadLocal<>();
        enum Kind { ONE, TWO }
        record Kept(Kind kind) implements Shareable { }
        static final class Codec implements MessageCodec<Kept, Kept> {
          @Override public void encodeToWire(Buffer buffer, Kept kept) { }
          @Override public Kept decodeFromWire(int position, Buffer buffer) { return null; }
          @Override public Kept transform(Kept kept) { return kept; }
          @Override public String name() { return "kept"; }
          @Override public byte systemCodecID() { return -1; }
        }
        public static final class Bean {
          public String text = "";
          public Kind kind = Kind.ONE;
        }
        private static void absent(String type) {
          try {
            Class.forName(type);
            throw new AssertionError(type);
          } catch (ClassNotFoundException e) {
            LOCAL.remove();
          }
        }
        private final ProviderContext context;
        Mail(ProviderContext context) { this.context = context; }
        @Override public Future<CheckResult> check() {
          return Future.succeededFuture(CheckResult.healthy("well"));
        }
        @Override public Future<Void> close() { return Future.succeededFuture(); }
        @Override public Future<Outcome> deliver(DeliveryRequest request) {
          Vertx vertx = context.vertx();
          Outcome sent = new Outcome.Sent("m-1", Evidence.answered(202, null, null));
          switch (request.notificationType()) {
            case "worker" -> {
              return vertx.executeBlocking(() -> { LOCAL.set(new Kept(Kind.ONE)); return sent; });
            }
            case "executor" -> {
              return vertx.createSharedWorkerExecutor("acme").executeBlocking(() -> sent);
            }
            case "codec" ->
                vertx.eventBus().registerDefaultCodec(Kept.class, new Codec());
            case "consumer" -> vertx.eventBus().consumer("acme", m -> m.reply(new Kept(Kind.ONE)));
            case "local" -> LOCAL.set(new Kept(Kind.ONE));
            case "fast_local" -> FAST.set(new Kept(Kind.ONE));
            case "map" -> vertx.sharedData().getLocalMap("acme").put("kept", new Kept(Kind.TWO));
            case "timer" -> vertx.setPeriodic(1, tick -> LOCAL.get());
            case "verticle" -> {
              return vertx.deployVerticle(new VerticleBase() { }).map(sent);
            }
            case "client" -> {
              HttpClient client = vertx.createHttpClient();
              return client.request(io.vertx.core.http.HttpMethod.GET, 1, "127.0.0.1", "/")
                  .compose(r -> r.send()).<Outcome>map(r -> sent).otherwise(sent);
            }
            case "context_data" -> {
              Vertx.currentContext().put("kept", new Kept(Kind.ONE));
              vertx.exceptionHandler(failure -> LOCAL.set(failure));
            }
            case "json" -> {
              Bean bean = new io.vertx.core.json.JsonObject().put("text", "a").mapTo(Bean.class);
              Buffer written = io.vertx.core.json.Json.encodeToBuffer(bean);
              io.vertx.core.json.Json.decodeValue(written, Bean.class);
              io.vertx.core.json.JsonObject.mapFrom(bean);
            }
            case "micrometer" -> absent("io.micrometer.core.instrument.Metrics");
            case "databind" -> absent("com.fasterxml.jackson.databind.ObjectMapper");
            case "logger" -> org.slf4j.LoggerFactory.getLogger(Mail.class).info("{}", Kind.ONE);
            default -> { }
          }
          return Future.succeededFuture(sent);
        }
      }
      """;

  private TidyPlugin() {}

  /** Its jar, to be written. */
  static PluginSource source(String version) {
    return PluginSource.plugin("mail", version)
        .type("acme.Factory", FACTORY)
        .type("acme.Mail", MAIL);
  }
}
