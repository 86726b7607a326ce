package io.signalbox.simulator.calcom;

import io.signalbox.simulator.core.Answer;
import io.signalbox.simulator.core.ApiRequest;
import io.signalbox.simulator.core.Books;
import io.signalbox.simulator.core.Failure;
import io.signalbox.simulator.core.Fields;
import io.signalbox.simulator.core.Handling;
import io.signalbox.simulator.core.PluginState;
import io.signalbox.simulator.core.RemoteApi;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Bookings and slots of the API v2, for one user. */
public final class CalComApi implements RemoteApi {
  private static final int MAX_BODY_BYTES = 1024 * 1024;
  private static final int MAX_SLOTS = 1_000;
  private static final String BOOKINGS = "/v2/bookings";
  private static final String SLOTS = "/v2/slots";
  private static final String VERSION = "cal-api-version";
  private static final Map<String, String> VERSIONS =
      Map.of(BOOKINGS, "2024-08-13", SLOTS, "2024-09-04");

  private final CalComAccount account;
  private final PluginState state;
  private final BookingBooks books;
  private final CalComEvents events;

  /** The API of one user. */
  public CalComApi(CalComAccount account, PluginState state) {
    this.account = account;
    this.state = state;
    this.books = new BookingBooks(state.clock(), state.ids());
    this.events = new CalComEvents(state, account.webhookSecret());
  }

  @Override
  public String name() {
    return "calcom";
  }

  @Override
  public JsonObject account() {
    return account.toState();
  }

  @Override
  public Books books() {
    return books;
  }

  @Override
  public int maxBodyBytes() {
    return MAX_BODY_BYTES;
  }

  @Override
  public List<String> calls() {
    return List.of("book", "find", "status", "cancel", "reschedule", "confirm", "decline", "slots");
  }

  @Override
  public String call(ApiRequest request) {
    boolean get = request.method().equals(HttpMethod.GET);
    Path path = Path.of(request.path());
    if (path.root().equals(SLOTS)) {
      return "slots";
    }
    if (!path.root().equals(BOOKINGS)) {
      return "";
    }
    if (path.uid().isEmpty()) {
      return get ? "find" : "book";
    }
    return get ? "status" : calls().contains(path.action()) ? path.action() : "";
  }

  @Override
  public Answer answer(ApiRequest request, Handling handling) {
    try {
      return served(request, handling);
    } catch (RefusedException e) {
      return CalComErrors.of(e, request.path(), state.clock().instant());
    }
  }

  private Answer served(ApiRequest request, Handling handling) throws RefusedException {
    Path path = Path.of(request.path());
    String version = VERSIONS.get(path.root());
    if (version == null) {
      throw RefusedException.noRoute(request.method() + " " + request.path());
    }
    String key = request.bearerToken();
    boolean open = request.method().equals(HttpMethod.POST) && path.uid().isEmpty();
    // Event types are public: whoever books them needs no key, and all else does.
    if (key == null ? !open : !key.equals(account.apiKey())) {
      throw RefusedException.badKey();
    }
    if (!version.equals(request.header(VERSION))) {
      throw RefusedException.invalid("simulated is " + VERSION + " " + version + " alone");
    }
    return path.root().equals(SLOTS) ? slots(request) : bookings(request, path, handling);
  }

  private Answer bookings(ApiRequest request, Path path, Handling handling)
      throws RefusedException {
    if (request.method().equals(HttpMethod.GET)) {
      return path.uid().isEmpty()
          ? success(
              200,
              new BookingQuery(request.query()).list(books.newestFirst(), state.clock().instant()))
          : success(200, books.find(path.uid()).toData());
    }
    if (!request.method().equals(HttpMethod.POST) || !request.hasContentType("application/json")) {
      throw RefusedException.noRoute(request.method() + " " + request.path());
    }
    JsonObject body =
        Fields.object(request.body())
            .orElseThrow(() -> RefusedException.invalid("the body is not valid JSON"));
    if (path.uid().isEmpty()) {
      return book(body, handling);
    }
    SimulatedBooking booking = books.find(path.uid());
    return switch (path.action()) {
      case "cancel" -> end(booking, "cancelled", Fields.text(body, "cancellationReason"), handling);
      case "decline" -> decline(booking, Fields.text(body, "reason"), handling);
      case "confirm" -> confirm(booking, handling);
      case "reschedule" -> move(booking, body, handling);
      default -> throw RefusedException.noRoute("POST " + request.path());
    };
  }

  private Answer book(JsonObject body, Handling handling) throws RefusedException {
    BookingWish wish = BookingWish.of(body);
    refuse(handling);
    SimulatedBooking booking = books.book(wish);
    state
        .received()
        .add(
            booking.recipient(),
            booking.reference(),
            booking.uid(),
            booking.title(),
            handling.delivers());
    happened(booking.isPending() ? "BOOKING_REQUESTED" : "BOOKING_CREATED", booking, handling);
    return success(201, booking.toData());
  }

  private Answer move(SimulatedBooking booking, JsonObject body, Handling handling)
      throws RefusedException {
    Instant start = BookingWish.start(body);
    refuse(handling);
    SimulatedBooking moved = books.move(booking, start);
    happened("BOOKING_RESCHEDULED", moved, handling);
    return success(201, moved.toData());
  }

  private Answer confirm(SimulatedBooking booking, Handling handling) throws RefusedException {
    requirePending(booking);
    booking.become("accepted", null);
    happened("BOOKING_CREATED", booking, handling);
    return success(200, booking.toData());
  }

  private Answer decline(SimulatedBooking booking, @Nullable String reason, Handling handling)
      throws RefusedException {
    requirePending(booking);
    return end(booking, "rejected", reason, handling);
  }

  private Answer end(
      SimulatedBooking booking, String status, @Nullable String reason, Handling handling)
      throws RefusedException {
    books.end(booking, status, reason);
    happened(
        status.equals("cancelled") ? "BOOKING_CANCELLED" : "BOOKING_REJECTED", booking, handling);
    return success(200, booking.toData());
  }

  /** The free times of an event type, by their day in UTC. */
  private Answer slots(ApiRequest request) throws RefusedException {
    BookingQuery query = new BookingQuery(request.query());
    EventType type = query.eventType();
    Instant start = query.time("start");
    Instant end = query.time("end");
    if (start == null || end == null) {
      throw RefusedException.invalid("start and end must be there");
    }
    Map<String, JsonArray> days = new LinkedHashMap<>();
    Instant slot = start.truncatedTo(ChronoUnit.HOURS);
    for (int i = 0; i < MAX_SLOTS && slot.isBefore(end); i++) {
      Instant slotEnd = slot.plusSeconds(type.minutes() * 60L);
      if (!slot.isBefore(start) && books.isFree(slot, slotEnd)) {
        String day = slot.atZone(ZoneOffset.UTC).toLocalDate().toString();
        days.computeIfAbsent(day, none -> new JsonArray())
            .add(new JsonObject().put("start", SimulatedBooking.time(slot)));
      }
      slot = slotEnd;
    }
    JsonObject data = new JsonObject();
    days.forEach(data::put);
    return success(200, data);
  }

  private void happened(String trigger, SimulatedBooking booking, Handling handling) {
    if (handling.receipts()) {
      events.happened(trigger, booking);
    }
  }

  private static void refuse(Handling handling) throws RefusedException {
    if (handling.refuseRecipient()) {
      throw RefusedException.taken();
    }
  }

  private static void requirePending(SimulatedBooking booking) throws RefusedException {
    if (!booking.isPending()) {
      throw RefusedException.invalid("Booking with uid=" + booking.uid() + " is not pending");
    }
  }

  private static Answer success(int status, Object data) {
    return Answer.json(status, new JsonObject().put("status", "success").put("data", data));
  }

  @Override
  public Answer failure(Failure failure, ApiRequest request, int retryAfterSeconds) {
    return CalComErrors.of(failure, retryAfterSeconds, request.path(), state.clock().instant());
  }

  @Override
  public void close() {
    events.close();
  }

  /**
   * A path in its parts.
   *
   * @param uid empty for none
   * @param action empty for none
   */
  private record Path(String root, String uid, String action) {
    static Path of(String path) {
      String[] parts = path.split("/", 6);
      if (parts.length < 3 || parts.length > 5) {
        return new Path(path, "", "");
      }
      return new Path(
          "/" + parts[1] + "/" + parts[2],
          parts.length > 3 ? parts[3] : "",
          parts.length > 4 ? parts[4] : "");
    }
  }
}
