package io.signalbox.gateway.booking;

import io.signalbox.loader.PluginSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A plugin in a real jar that books over real sockets, at a {@link CalendarServer}. */
final class CalendarPlugin {
  private static final String FACTORY =
      """
      package acme;
      import io.signalbox.spi.*;
      import java.util.Set;
      public final class Factory implements ProviderFactory {
        @Override public PluginDescriptor descriptor() {
          return new PluginDescriptor("calendar", "calendar", Set.of(Channel.BOOKING), Set.of(), "",
              false, false);
        }
        @Override public Provider create(ProviderContext context) { return new Calendar(context); }
      }
      """;

  private static final String PROVIDER =
      """
      package acme;
      import io.signalbox.spi.*;
      import io.signalbox.spi.operation.*;
      import io.vertx.core.*;
      import io.vertx.core.http.*;
      import io.vertx.core.json.*;
      import java.time.*;
      import java.util.*;
      import java.util.concurrent.TimeUnit;
      final class Calendar implements BookingProvider, WebhookReceiver {
        private final HttpClient client;
        private final int port;
        Calendar(ProviderContext context) {
          port = (int) context.config().integer("port", 0, 1, 65535);
          client = context.vertx().createHttpClient();
        }
        private Future<JsonObject> post(String what, JsonObject body, Duration timeout) {
          return client.request(HttpMethod.POST, port, "127.0.0.1", "/" + what)
              .compose(request -> request.send(body.toBuffer())
                  .compose(response -> response.body().map(bytes ->
                      new JsonObject().put("status", response.statusCode())
                          .put("body", new JsonArray(bytes.length() == 0 ? "[]" : bytes.toString())))))
              .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
        }
        private Future<Answer<List<Booking>>> ask(
            String what, JsonObject body, Duration timeout, boolean changes) {
          return post(what, body, timeout).map(said -> answer(said)).otherwise(failure -> {
            Evidence evidence = Evidence.unanswered(Progress.BODY_WRITTEN, "timeout", null);
            return new Answer.Failed<List<Booking>>(
                changes ? new Outcome.Unknown(evidence) : new Outcome.Transient(evidence));
          });
        }
        private static Answer<List<Booking>> answer(JsonObject said) {
          int status = said.getInteger("status");
          Evidence evidence = Evidence.answered(status, "s" + status, "for Jane Roe: " + status);
          switch (status) {
            case 200:
              List<Booking> found = new ArrayList<>();
              for (Object each : said.getJsonArray("body")) {
                JsonObject one = (JsonObject) each;
                Instant start = Instant.parse(one.getString("start"));
                found.add(new Booking(one.getString("uid"),
                    BookingState.valueOf(one.getString("state")), start, start.plusSeconds(1800),
                    "with Jane Roe", null, one.getString("from")));
              }
              return new Answer.Done<>(found, evidence);
            case 409:
              return new Answer.Failed<>(new Outcome.Rejected(ReasonClass.SLOT_TAKEN, evidence));
            case 503: return new Answer.Failed<>(new Outcome.Transient(evidence));
            default: return new Answer.Failed<>(new Outcome.Unknown(evidence));
          }
        }
        private static <T> Answer<T> one(Answer<List<Booking>> all, java.util.function.Function<List<Booking>, T> pick) {
          return all instanceof Answer.Done<List<Booking>> done
              ? new Answer.Done<>(pick.apply(done.value()), done.evidence())
              : new Answer.Failed<>(((Answer.Failed<List<Booking>>) all).outcome());
        }
        public Future<Answer<Booking>> book(BookingRequest request) {
          return ask("book", new JsonObject().put("attempt", request.attemptId())
              .put("start", request.start().toString()), request.timeout(), true)
              .map(all -> one(all, found -> found.get(0)));
        }
        public Future<Answer<List<Booking>>> findBookings(BookingSearch search) {
          return ask("find", new JsonObject().put("attempt", search.attemptId()), search.timeout(), false);
        }
        public Future<Answer<Optional<Booking>>> booking(String uid, Duration timeout) {
          return ask("read", new JsonObject().put("uid", uid), timeout, false)
              .map(all -> one(all, found -> found.stream().findFirst()));
        }
        public Future<Answer<Booking>> cancelBooking(String uid, String reason, Duration timeout) {
          return ask("cancel", new JsonObject().put("uid", uid), timeout, true)
              .map(all -> one(all, found -> found.get(0)));
        }
        public Future<Answer<Booking>> reschedule(
            String uid, Instant start, String reason, Duration timeout) {
          return ask("move", new JsonObject().put("uid", uid).put("start", start.toString()), timeout, true)
              .map(all -> one(all, found -> found.get(0)));
        }
        public Future<WebhookResult> receive(WebhookRequest request) {
          JsonObject said = request.body().toJsonObject();
          return Future.succeededFuture(new WebhookResult.Verified(List.of(), List.of(
              new BookingChange(said.getString("event"), said.getString("attempt"),
                  said.getString("uid"), said.getString("from"),
                  BookingState.valueOf(said.getString("state")), null, null,
                  "CHANGED", null, Instant.now()))));
        }
        public Future<CheckResult> check() {
          return Future.succeededFuture(CheckResult.healthy("well"));
        }
        public Future<Void> close() { return client.close(); }
      }
      """;

  private CalendarPlugin() {}

  /** Puts the plugin and the file of its one provider, {@code calendar}. */
  static void put(Path plugins, int port) throws IOException {
    Files.createDirectories(plugins);
    PluginSource.plugin("calendar", "1.0.0")
        .type("acme.Factory", FACTORY)
        .type("acme.Calendar", PROVIDER)
        .moveTo(plugins.resolve("calendar.jar"));
    Files.writeString(
        plugins.resolve("calendar.yaml"),
        "plugin: calendar\nchannels: [booking]\nconfig:\n  port: " + port + "\n");
  }
}
