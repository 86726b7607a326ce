package io.signalbox.provider.calcom;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.spi.BookingState;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ProviderFactory;
import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.operation.Answer;
import io.signalbox.spi.operation.Attendee;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import io.signalbox.testkit.BaseBookingProviderTest;
import io.signalbox.testkit.ErrorCase;
import io.signalbox.testkit.HostedProvider;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SampleBookings;
import io.signalbox.testkit.SampleRequests;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CalComBookingTest extends BaseBookingProviderTest {
  private static final String UID = "bFJeNb2uX8ANpT3JL5EfXw";
  private static final String NEW_UID = "newUidAfterReschedule01";

  @Override
  protected ProviderFactory factory() {
    return new CalComFactory();
  }

  @Override
  protected JsonObject config(String baseUrl) {
    return TestAccount.config(baseUrl);
  }

  @Override
  protected List<String> requiredKeys() {
    return TestAccount.REQUIRED_KEYS;
  }

  @Override
  protected List<String> secrets() {
    return List.of(TestAccount.API_KEY);
  }

  @Override
  protected BookingRequest request() {
    return SampleBookings.request("7");
  }

  @Override
  protected Reply booked() {
    return Reply.json(201, resource("/api/create_success_201.json"));
  }

  @Override
  protected Booking expected() {
    return new Booking(
        UID,
        BookingState.ACCEPTED,
        SampleBookings.START,
        SampleBookings.START.plusSeconds(3_600),
        "60min between Pro Example and John Doe",
        "https://app.cal.com/video/" + UID,
        null);
  }

  @Override
  protected void assertBookedOnTheWire(SeenRequest seen, BookingRequest request) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v2/bookings");
    assertSignedIn(seen);
    assertThat(seen.header("Content-Type")).isEqualTo("application/json");
    JsonObject attendee =
        new JsonObject()
            .put("name", "John Doe")
            .put("timeZone", "Europe/London")
            .put("email", "john.doe@example.com")
            .put("phoneNumber", "+447700900000")
            .put("language", "en");
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject()
                .put("start", "2026-01-05T09:30:00Z")
                .put("eventTypeId", 7)
                .put("attendee", attendee)
                .put("metadata", new JsonObject().put("signalbox_attempt", request.attemptId())));
  }

  @Override
  protected Reply list() {
    return TestAccount.success(200, new JsonArray().add(other(1)).add(ours()));
  }

  @Override
  protected Reply emptyList() {
    return TestAccount.success(200, new JsonArray());
  }

  @Override
  protected Reply fullOfOthers() {
    JsonArray others = new JsonArray();
    for (int i = 0; i < BookingList.MAY_GO_ON; i++) {
      others.add(other(i));
    }
    return TestAccount.success(200, others);
  }

  @Override
  protected void assertListedOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/v2/bookings");
    assertThat(seen.query())
        .isEqualTo("afterCreatedAt=2025-12-31T23%3A55%3A00Z&attendeeEmail=john.doe%40example.com");
    assertSignedIn(seen);
  }

  @Override
  protected Reply read() {
    return TestAccount.success(200, data());
  }

  @Override
  protected Reply notFound() {
    return TestAccount.error(404, "NotFoundException", "Booking with uid x was not found.");
  }

  @Override
  protected void assertReadOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("GET");
    assertThat(seen.path()).isEqualTo("/v2/bookings/" + UID);
    assertSignedIn(seen);
  }

  @Override
  protected Reply cancelled() {
    return TestAccount.success(200, data().put("status", "cancelled"));
  }

  @Override
  protected void assertCancelledOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v2/bookings/" + UID + "/cancel");
    assertThat(seen.json()).isEqualTo(new JsonObject().put("cancellationReason", "Sick"));
    assertSignedIn(seen);
  }

  @Override
  protected Reply moved() {
    return TestAccount.success(
        201,
        data()
            .put("uid", NEW_UID)
            .put("rescheduledFromUid", UID)
            .put("start", "2026-01-06T09:30:00.000Z")
            .put("end", "2026-01-06T10:30:00.000Z"));
  }

  @Override
  protected Booking expectedMoved() {
    Booking before = expected();
    return new Booking(
        NEW_UID,
        BookingState.ACCEPTED,
        NEW_START,
        NEW_START.plusSeconds(3_600),
        before.title(),
        before.meetingUrl(),
        UID);
  }

  @Override
  protected void assertMovedOnTheWire(SeenRequest seen) {
    assertThat(seen.method()).isEqualTo("POST");
    assertThat(seen.path()).isEqualTo("/v2/bookings/" + UID + "/reschedule");
    assertThat(seen.json())
        .isEqualTo(
            new JsonObject()
                .put("start", "2026-01-06T09:30:00Z")
                .put("reschedulingReason", "Later"));
    assertSignedIn(seen);
  }

  @Override
  protected List<Reply> slotTaken() {
    return List.of(
        Reply.json(400, resource("/api/error_400_slot.json")),
        TestAccount.error(400, "BadRequestException", Refusals.TAKEN),
        TestAccount.error(409, "ConflictException", "no_available_users_found_error"));
  }

  @Override
  protected List<ErrorCase> documentedErrors() {
    return Refusals.documented(
        Reply.json(400, resource("/api/error_400_slot.json")),
        Reply.json(404, resource("/api/error_404_event_type.json")));
  }

  @Override
  protected ErrorCase throttled() {
    return ErrorCase.throttled(
        "rate limit",
        Refusals.tooMany().withHeader("X-RateLimit-Reset-Default", "30"),
        Duration.ofSeconds(30));
  }

  @Test
  void errorOfTheServerIsTransientWhereNothingIsChanged() {
    server().reply(TestAccount.error(503, "ServiceUnavailableException", "Service unavailable"));
    HostedProvider provider = provider();

    assertThat(failed(ask(provider, booker -> booker.booking(UID, TIMEOUT))).kind())
        .isEqualTo(OutcomeKind.TRANSIENT);
    assertThat(failed(ask(provider, booker -> booker.cancelBooking(UID, null, TIMEOUT))).kind())
        .isEqualTo(OutcomeKind.UNKNOWN);
  }

  @Test
  void wrongUrlIsNoWordOfABooking() {
    server().reply(Refusals.noRoute("GET"));

    assertThat(failed(ask(provider(), booker -> booker.booking(UID, TIMEOUT))).kind())
        .isEqualTo(OutcomeKind.PROVIDER_FAULT);
  }

  @Test
  void cancellingAgainDoesNoHarm() {
    Reply refusal = TestAccount.error(400, "BadRequestException", "cannot be cancelled");
    server().script(seen -> reply("GET".equals(seen.method()) ? cancelled() : refusal));

    Booking after = done(ask(provider(), booker -> booker.cancelBooking(UID, null, TIMEOUT)));

    assertThat(after.state()).isEqualTo(BookingState.CANCELLED);
    assertThat(server().seen()).hasSize(2);
  }

  @Test
  void refusedCancellationOfALivingBookingIsRefused() {
    Reply refusal = TestAccount.error(400, "BadRequestException", "cannot be cancelled");
    server().script(seen -> reply("GET".equals(seen.method()) ? read() : refusal));

    assertThat(failed(ask(provider(), booker -> booker.cancelBooking(UID, null, TIMEOUT))))
        .isInstanceOf(Outcome.Rejected.class);
  }

  @Test
  void movedBookingIsFoundOnceAsWhatItBecame() {
    JsonObject became = ours().put("uid", NEW_UID).put("rescheduledFromUid", UID);
    JsonArray both = new JsonArray().add(ours().put("status", "cancelled")).add(became);
    server().reply(TestAccount.success(200, both));

    Answer<List<Booking>> found =
        ask(provider(), booker -> booker.findBookings(SampleBookings.search(request())));

    assertThat(done(found)).extracting(Booking::uid).containsExactly(NEW_UID);
  }

  @Test
  void bookingMadeTwiceIsFoundTwice() {
    JsonArray both = new JsonArray().add(ours()).add(ours().put("uid", "another"));
    server().reply(TestAccount.success(200, both));

    Answer<List<Booking>> found =
        ask(provider(), booker -> booker.findBookings(SampleBookings.search(request())));

    assertThat(done(found)).extracting(Booking::uid).containsExactly(UID, "another");
  }

  @Test
  void personWithoutAnAddressIsLookedForByTheTime() {
    server().reply(emptyList());
    Attendee attendee = new Attendee("John", "Europe/London", null, "+447700900000", null);
    BookingSearch search =
        new BookingSearch(SampleRequests.ATTEMPT_ID, attendee, SampleBookings.START, NOW, TIMEOUT);

    List<Booking> found = done(ask(provider(), booker -> booker.findBookings(search)));

    assertThat(found).isEmpty();
    assertThat(server().seen().get(0).query())
        .isEqualTo("afterCreatedAt=2025-12-31T23%3A55%3A10Z&afterStart=2026-01-05T09%3A25%3A00Z");
  }

  @Test
  void whatCannotBeAskedForIsRefusedUnsent() {
    for (BookingRequest request :
        List.of(
            SampleBookings.request("consultation"),
            SampleBookings.of(
                "7", Duration.ofSeconds(90), SampleBookings.ATTENDEE, Map.of(), null))) {
      Outcome outcome = failed(ask(provider(), booker -> booker.book(request)));
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Rejected.class,
              rejected -> assertThat(rejected.reason()).isEqualTo(ReasonClass.INVALID_CONTENT));
      assertThat(outcome.evidence().progress().certainlyNotSent()).isTrue();
    }
    assertThat(server().seen()).isEmpty();
  }

  @Test
  void firstOfBookingsThatRecurIsTaken() {
    server().reply(TestAccount.success(201, new JsonArray().add(data()).add(other(2))));

    Booking first = done(ask(provider(), booker -> booker.book(request())));

    assertThat(first).isEqualTo(expected());
  }

  @Test
  void endIsReckonedWhereTheAnswerHasNone() {
    JsonObject data = data();
    data.remove("end");
    server().reply(TestAccount.success(201, data.put("status", "awaiting_host")));

    Booking booking = done(ask(provider(), booker -> booker.book(request())));

    assertThat(booking.end()).isEqualTo(Instant.parse("2026-01-05T10:30:00Z"));
    assertThat(booking.state()).isEqualTo(BookingState.PENDING);
  }

  private static void assertSignedIn(SeenRequest seen) {
    assertThat(seen.header("cal-api-version")).isEqualTo("2024-08-13");
    assertThat(seen.header("Authorization")).isEqualTo("Bearer " + TestAccount.API_KEY);
  }

  private static Future<Reply> reply(Reply reply) {
    return Future.succeededFuture(reply);
  }

  private JsonObject data() {
    return booked().body().toJsonObject().getJsonObject("data");
  }

  private JsonObject ours() {
    return data()
        .put("metadata", new JsonObject().put("signalbox_attempt", SampleRequests.ATTEMPT_ID));
  }

  private JsonObject other(int number) {
    return data()
        .put("uid", "other" + number)
        .put("metadata", new JsonObject().put("signalbox_attempt", "other-" + number));
  }
}
