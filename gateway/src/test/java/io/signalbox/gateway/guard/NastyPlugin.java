package io.signalbox.gateway.guard;

import io.signalbox.loader.PluginSource;

/**
 * A plugin that does with each call what the call asks for: the notification type of a delivery,
 * the query of a webhook and the attempt of a look-up name the deed.
 */
public final class NastyPlugin {
  /** While this system property is set, {@code spin} computes and {@code hang} waits. */
  public static final String HOLD = "signalbox.test.nasty.hold";

  /** The system property that counts the deeds named {@code count}. */
  public static final String COUNT = "signalbox.test.nasty.count";

  private static final String FACTORY =
      """
      package acme;
      import io.signalbox.spi.*;
      import java.util.Set;
      public final class Factory implements ProviderFactory {
        @Override public PluginDescriptor descriptor() {
          return new PluginDescriptor(
              "nasty", "Nasty", Set.of(Channel.EMAIL), Set.of(), "", true, true);
        }
        @Override public Provider create(ProviderContext context) {
          String how = context.config().text("create").orElse("good");
          return Deeds.now(how, context.vertx(), how.equals("nothing") ? null : new Nasty(context));
        }
      }
      """;

  private static final String NASTY =
      """
      package acme;
      import io.signalbox.spi.*;
      import io.vertx.core.Future;
      import java.util.*;
      final class Nasty implements MessageProvider, WebhookReceiver, StatusLookup {
        private final ProviderContext context;
        Nasty(ProviderContext context) { this.context = context; }
        @Override public Future<Outcome> deliver(DeliveryRequest request) {
          return Deeds.of(request.notificationType(), context.vertx(),
              new Outcome.Sent("m-1", Evidence.answered(202, null, null)));
        }
        @Override public Future<WebhookResult> receive(WebhookRequest request) {
          return Deeds.of(request.rawQuery(), context.vertx(), new WebhookResult.Verified(List.of()));
        }
        @Override public Future<Optional<Receipt>> lookUp(StatusQuery query) {
          return Deeds.of(query.attemptId(), context.vertx(), Optional.empty());
        }
        @Override public Future<CheckResult> check() {
          return Deeds.of(System.getProperty("signalbox.test.nasty.check", "good"),
              context.vertx(), CheckResult.healthy("well"));
        }
        @Override public Future<Void> close() {
          return Deeds.of(System.getProperty("signalbox.test.nasty.close", "good"),
              context.vertx(), null);
        }
      }
      """;

  private static final String DEEDS =
      """
      package acme;
      import io.vertx.core.*;
      final class Deeds {
        static final class Own extends RuntimeException {
          Own() { super("mine"); }
        }
        static final class Rude extends RuntimeException {
          @Override public String toString() { throw new IllegalStateException("no"); }
        }
        static <T> Future<T> of(String how, Vertx vertx, T good) {
          Promise<T> promise = Promise.promise();
          switch (how) {
            case "failed" -> { return Future.failedFuture(new Own()); }
            case "no_cause" -> { return Future.failedFuture((Throwable) null); }
            case "null" -> { return null; }
            case "nothing" -> { return Future.succeededFuture(null); }
            case "never" -> { return promise.future(); }
            case "late" -> vertx.setTimer(1_500, due -> promise.complete(good));
            case "foreign" -> new Thread(() -> promise.complete(good), "foreign").start();
            case "twice" -> {
              promise.complete(good);
              promise.tryFail("again");
              promise.tryComplete(good);
            }
            default -> { return Future.succeededFuture(now(how, vertx, good)); }
          }
          return promise.future();
        }
        static <T> T now(String how, Vertx vertx, T good) {
          switch (how) {
            case "exception" -> throw new IllegalStateException("boom");
            case "own" -> throw new Own();
            case "rude" -> throw new Rude();
            case "linkage" -> throw new NoClassDefFoundError("acme/Missing");
            case "bare" -> throw new Error("bare");
            case "assertion" -> throw new AssertionError("sure");
            case "checked" -> Deeds.<RuntimeException>sneak(new java.io.IOException("sneaked"));
            case "overflow" -> overflow(0);
            case "memory" -> System.out.println(new long[Integer.MAX_VALUE - 8].length);
            case "spin" -> { while (isHeld()) { Math.sqrt(System.nanoTime()); } }
            case "hang" -> hang();
            case "count" -> System.setProperty("signalbox.test.nasty.count",
                String.valueOf(Integer.getInteger("signalbox.test.nasty.count", 0) + 1));
            default -> { }
          }
          return good;
        }
        private static void hang() {
          try {
            while (isHeld()) { Thread.sleep(10); }
          } catch (InterruptedException e) {
            throw new IllegalStateException("woken");
          }
        }
        private static boolean isHeld() {
          return System.getProperty("signalbox.test.nasty.hold") != null;
        }
        private static int overflow(int depth) { return overflow(depth + 1) + 1; }
        @SuppressWarnings("unchecked")
        private static <E extends Throwable> void sneak(Throwable thrown) throws E {
          throw (E) thrown;
        }
      }
      """;

  private NastyPlugin() {}

  /** Its jar, to be written. */
  public static PluginSource source(String version) {
    return PluginSource.plugin("nasty", version)
        .type("acme.Factory", FACTORY)
        .type("acme.Nasty", NASTY)
        .type("acme.Deeds", DEEDS);
  }
}
