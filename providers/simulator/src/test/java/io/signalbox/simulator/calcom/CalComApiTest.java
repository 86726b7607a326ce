package io.signalbox.simulator.calcom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.simulator.BasePluginTest;
import io.signalbox.simulator.Reply;
import io.signalbox.simulator.WebhookCatcher;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalComApiTest extends BasePluginTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final String BOOKINGS = "/v2/bookings";

  /** The next time that nobody has asked for. */
  private Instant free =
      Clock.systemUTC().instant().truncatedTo(ChronoUnit.DAYS).plus(7, ChronoUnit.DAYS);

  @Override
  protected String plugin() {
    return "calcom";
  }

  @Override
  protected String recipient() {
    return "john.doe@example.com";
  }

  @Override
  protected String reference() {
    return "a-1";
  }

  @Override
  protected int webhooksPerMessage() {
    return 1;
  }

  @Override
  protected Reply send(String recipient, String text, Duration timeout) throws Exception {
    free = free.plus(1, ChronoUnit.HOURS);
    JsonObject body = wish(free, 7);
    body.getJsonObject("attendee").put("name", text).put("email", recipient);
    return call("POST", BOOKINGS, body, Map.of(), timeout);
  }

  @Override
  protected boolean isAccepted(Reply reply) {
    return reply.status() == 201
        && "success".equals(reply.json().getString("status"))
        && !data(reply).getString("uid").isEmpty();
  }

  @Override
  protected void assertInternalError(Reply reply) {
    assertError(reply, 500, "Internal");
  }

  @Override
  protected void assertThrottled(Reply reply, int retryAfterSeconds) {
    assertError(reply, 429, "Too many");
    assertThat(reply.header("X-RateLimit-Reset-Default")).isEqualTo("" + retryAfterSeconds);
  }

  @Override
  protected void assertRecipientRefused(Reply reply) {
    assertError(reply, 400, "User either already has booking at this time or is not available");
  }

  @Test
  void showsABookingAsDocumented() throws Exception {
    JsonObject data = data(send("Alex"));

    assertThat(data.getString("status")).isEqualTo("accepted");
    assertThat(data.getString("start")).matches("[0-9-]{10}T[0-9:]{8}\\.000Z");
    assertThat(data.getInteger("duration")).isEqualTo(60);
    assertThat(data.getJsonObject("metadata").getString("signalbox_attempt")).isEqualTo("a-1");
    assertThat(data(get(BOOKINGS + "/" + data.getString("uid")))).isEqualTo(data);
    assertError(get(BOOKINGS + "/none"), 404, "not found");
  }

  @Test
  void listsWhatFits() throws Exception {
    Instant before = Clock.systemUTC().instant().minusSeconds(60);
    String uid = data(send("Alex")).getString("uid");
    send("other@example.com", "Other");

    assertThat(list("attendeeEmail=john.doe%40example.com")).hasSize(1);
    assertThat(list("afterCreatedAt=" + before)).hasSize(2);
    assertThat(list("afterCreatedAt=" + before.plusSeconds(3_600))).isEmpty();
    assertThat(list("afterStart=" + free)).hasSize(1);
    assertThat(list("beforeEnd=" + free)).hasSize(1);
    assertThat(list("status=cancelled")).isEmpty();
    post("/" + uid + "/cancel", new JsonObject());
    assertThat(list("status=cancelled")).hasSize(1);
    assertThat(list("status=upcoming&eventTypeId=7")).hasSize(1);
    assertError(get(BOOKINGS + "?afterStart=soon"), 400, "afterStart");
  }

  @Test
  void timeIsTakenOnce() throws Exception {
    assertThat(isAccepted(send("Alex"))).isTrue();

    assertRecipientRefused(book(wish(free, 7)));
    assertRecipientRefused(book(wish(free.plus(59, ChronoUnit.MINUTES), 8)));
    assertRecipientRefused(book(wish(free.minus(59, ChronoUnit.MINUTES), 7)));
    assertThat(isAccepted(book(wish(free.plus(60, ChronoUnit.MINUTES), 8)))).isTrue();
    assertThat(books().getInteger("live")).isEqualTo(2);
  }

  @Test
  void cancelsOnceAndFreesTheTime() throws Exception {
    String uid = data(send("Alex")).getString("uid");

    Reply cancelled =
        post("/" + uid + "/cancel", new JsonObject().put("cancellationReason", "Ill"));

    assertThat(data(cancelled).getString("status")).isEqualTo("cancelled");
    assertError(post("/" + uid + "/cancel", new JsonObject()), 400, "cancelled");
    assertThat(isAccepted(book(wish(free, 7)))).isTrue();
    JsonObject event = event(awaitWebhooks(2), "BOOKING_CANCELLED");
    assertThat(event.getString("cancellationReason")).isEqualTo("Ill");
    assertThat(event.getString("status")).isEqualTo("CANCELLED");
  }

  @Test
  void movedBookingHasAnotherUidAndTheSameReference() throws Exception {
    String uid = data(send("Alex")).getString("uid");
    Instant later = free.plus(1, ChronoUnit.DAYS);

    JsonObject moved =
        data(post("/" + uid + "/reschedule", new JsonObject().put("start", later.toString())));

    assertThat(moved.getString("uid")).isNotEqualTo(uid);
    assertThat(moved.getString("rescheduledFromUid")).isEqualTo(uid);
    JsonObject event = event(awaitWebhooks(2), "BOOKING_RESCHEDULED");
    assertThat(event.getString("rescheduleUid")).isEqualTo(uid);
    assertThat(event.getString("startTime")).isEqualTo(later.toString());
    assertThat(books().getInteger("live")).isEqualTo(1);
    JsonObject entry = books().getJsonArray("bookings").getJsonObject(1);
    assertThat(entry.getString("reference")).isEqualTo("a-1");
    assertThat(entry.getString("moved_from")).isEqualTo(uid);
  }

  @Test
  void moveToATakenTimeLeavesTheBookingWhereItIs() throws Exception {
    String first = data(send("Alex")).getString("uid");
    Instant taken = free;
    String second = data(send("Bo")).getString("uid");

    assertRecipientRefused(
        post("/" + second + "/reschedule", new JsonObject().put("start", taken.toString())));

    assertRecipientRefused(book(wish(free, 7)));
    assertThat(data(get(BOOKINGS + "/" + second)).getString("status")).isEqualTo("accepted");
    assertThat(data(get(BOOKINGS + "/" + first)).getString("status")).isEqualTo("accepted");
  }

  @Test
  void hostConfirmsOrDeclines() throws Exception {
    String one = data(book(wish(free, 9))).getString("uid");
    String two = data(book(wish(free.plus(1, ChronoUnit.HOURS), 9))).getString("uid");
    assertThat(data(get(BOOKINGS + "/" + one)).getString("status")).isEqualTo("pending");

    post("/" + one + "/confirm", new JsonObject());
    post("/" + two + "/decline", new JsonObject().put("reason", "Busy"));

    List<WebhookCatcher.Caught> caught = awaitWebhooks(4);
    assertThat(event(caught, "BOOKING_CREATED").getString("uid")).isEqualTo(one);
    assertThat(event(caught, "BOOKING_REJECTED").getString("rejectionReason")).isEqualTo("Busy");
    assertError(post("/" + two + "/confirm", new JsonObject()), 400, "not pending");
  }

  @Test
  void signsItsWebhooks() throws Exception {
    send("Größe");

    WebhookCatcher.Caught caught = awaitWebhooks(1).get(0);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            account.getString("webhook_secret").getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] body = caught.body().getBytes(StandardCharsets.UTF_8);
    assertThat(caught.header("X-Cal-Signature-256"))
        .isEqualTo(HexFormat.of().formatHex(mac.doFinal(body)));
  }

  @Test
  void errorAfterTheDeedAndCutBeforeIt() throws Exception {
    simulator.set(plugin(), mode("error_after"));
    assertInternalError(send("booked"));
    simulator.set(plugin(), mode("cut_before"));
    assertThatThrownBy(() -> send("never booked")).isInstanceOf(IOException.class);

    assertThat(books().getInteger("live")).isEqualTo(1);
    // Other calls than the named one are well.
    assertThat(list("attendeeEmail=john.doe%40example.com")).hasSize(1);
  }

  @Test
  void webhookComesBeforeTheAnswer() throws Exception {
    simulator.set(plugin(), mode("slow").put("latency_ms", 60_000).put("receipt_delay_ms", 0));

    assertThatThrownBy(() -> send(recipient(), "early", Duration.ofSeconds(3)))
        .isInstanceOf(HttpTimeoutException.class);

    assertThat(event(awaitWebhooks(1), "BOOKING_CREATED").getString("title")).contains("early");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"start":"tomorrow"}                       | 400 | start must be
          {"start":"2020-01-01T00:00:00Z"}           | 400 | in the past
          {"eventTypeId":70}                         | 404 | Event type with id 70 not found.
          {"eventTypeId":null}                       | 400 | eventTypeId
          {"attendee":{"name":"A"}}                  | 400 | attendee.timeZone
          {"attendee":{"timeZone":"Europe/London"}}  | 400 | attendee.name
          {"metadata":{"a":1}}                       | 400 | metadata
          {"lengthInMinutes":0}                      | 400 | lengthInMinutes
          """)
  void refusesWhatIsNotValid(String change, int status, String message) throws Exception {
    assertError(book(wish(free, 7).mergeIn(new JsonObject(change))), status, message);
  }

  @Test
  void namesEventTypesBySlugToo() throws Exception {
    JsonObject wish = wish(free, 7).put("eventTypeSlug", "15min").put("username", "pro");
    wish.remove("eventTypeId");

    assertThat(data(book(wish)).getInteger("eventTypeId")).isEqualTo(8);
    assertError(book(wish.put("username", "nobody")), 404, "slug 15min");
  }

  @Test
  void wantsKeyAndVersion() throws Exception {
    assertError(
        call("GET", BOOKINGS, null, Map.of("Authorization", "Bearer wrong"), LONG), 401, "API");
    assertError(
        call("GET", BOOKINGS, null, Map.of("cal-api-version", "2020-01-01"), LONG), 400, "version");
    assertThat(get("/v3/bookings").status()).isEqualTo(404);
  }

  @Test
  void showsFreeSlots() throws Exception {
    send("Alex");
    String range = "&start=" + free + "&end=" + free.plus(3, ChronoUnit.HOURS);

    Reply slots =
        call(
            "GET",
            "/v2/slots?eventTypeId=7" + range,
            null,
            Map.of("cal-api-version", "2024-09-04"),
            LONG);

    JsonObject days = data(slots);
    long count = days.stream().mapToLong(day -> ((JsonArray) day.getValue()).size()).sum();
    assertThat(count).isEqualTo(2);
  }

  private static JsonObject mode(String mode) {
    return new JsonObject().put("mode", mode).put("calls", new JsonArray().add("book"));
  }

  private JsonObject wish(Instant start, int eventType) {
    return new JsonObject()
        .put("start", start.toString())
        .put("eventTypeId", eventType)
        .put(
            "attendee",
            new JsonObject()
                .put("name", "John Doe")
                .put("email", recipient())
                .put("timeZone", "Europe/London"))
        .put("metadata", new JsonObject().put("signalbox_attempt", "a-1"));
  }

  private Reply book(JsonObject wish) throws Exception {
    return call("POST", BOOKINGS, wish, Map.of(), LONG);
  }

  private Reply post(String path, JsonObject body) throws Exception {
    return call("POST", BOOKINGS + path, body, Map.of(), LONG);
  }

  private Reply get(String path) throws Exception {
    return call("GET", path, null, Map.of(), LONG);
  }

  private List<Object> list(String query) throws Exception {
    return get(BOOKINGS + "?" + query).json().getJsonArray("data").stream().toList();
  }

  private JsonObject books() throws Exception {
    return simulator.control("GET", "/calcom/books", "").json();
  }

  private Reply call(
      String method, String path, JsonObject body, Map<String, String> more, Duration timeout)
      throws Exception {
    Map<String, String> headers = new HashMap<>();
    headers.put("Authorization", "Bearer " + account.getString("api_key"));
    headers.put("cal-api-version", "2024-08-13");
    headers.put("Content-Type", "application/json");
    headers.putAll(more);
    return simulator.call(method, url + path, headers, body == null ? "" : body.encode(), timeout);
  }

  private static JsonObject data(Reply reply) {
    assertThat(reply.status()).as(reply.body()).isBetween(200, 201);
    return reply.json().getJsonObject("data");
  }

  private static JsonObject event(List<WebhookCatcher.Caught> caught, String trigger) {
    Stream<JsonObject> events = caught.stream().map(webhook -> new JsonObject(webhook.body()));
    return events
        .filter(event -> trigger.equals(event.getString("triggerEvent")))
        .map(event -> event.getJsonObject("payload"))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + trigger));
  }

  private static void assertError(Reply reply, int status, String message) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    assertThat(reply.json().getString("status")).isEqualTo("error");
    assertThat(reply.json().getJsonObject("error").getString("message")).contains(message);
  }
}
