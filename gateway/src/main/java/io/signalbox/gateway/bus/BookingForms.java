package io.signalbox.gateway.bus;

import io.signalbox.gateway.call.BookingCall.Book;
import io.signalbox.gateway.call.BookingCall.CancelBooking;
import io.signalbox.gateway.call.BookingCall.FindBookings;
import io.signalbox.gateway.call.BookingCall.ReadBooking;
import io.signalbox.gateway.call.BookingCall.Reschedule;
import io.signalbox.spi.BookingState;
import io.signalbox.spi.operation.Attendee;
import io.signalbox.spi.operation.Booking;
import io.signalbox.spi.operation.BookingRequest;
import io.signalbox.spi.operation.BookingSearch;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How calls about bookings travel to another node, and what they give back. Pure functions. */
final class BookingForms {
  static final List<CallForm<?, ?>> ALL =
      List.of(
          new CallForm<>(
              Book.class,
              BookingForms::write,
              BookingForms::book,
              BookingForms::write,
              BookingForms::booking),
          new CallForm<>(
              FindBookings.class,
              BookingForms::write,
              BookingForms::find,
              found -> JsonLists.of("bookings", found, BookingForms::write),
              json -> JsonLists.read(json, "bookings", BookingForms::booking)),
          new CallForm<>(
              ReadBooking.class,
              call -> NumberForms.write(call.booking(), call.timeout()),
              json -> new ReadBooking(NumberForms.ref(json), NumberForms.timeout(json)),
              value -> new JsonObject().put("booking", value.map(BookingForms::write).orElse(null)),
              json ->
                  Optional.ofNullable(json.getJsonObject("booking")).map(BookingForms::booking)),
          new CallForm<>(
              CancelBooking.class,
              call ->
                  NumberForms.write(call.booking(), call.timeout()).put("reason", call.reason()),
              json ->
                  new CancelBooking(
                      NumberForms.ref(json), json.getString("reason"), NumberForms.timeout(json)),
              BookingForms::write,
              BookingForms::booking),
          new CallForm<>(
              Reschedule.class,
              call ->
                  NumberForms.write(call.booking(), call.timeout())
                      .put("start", call.start().toString())
                      .put("reason", call.reason()),
              json ->
                  new Reschedule(
                      NumberForms.ref(json),
                      Instant.parse(NodeForms.text(json, "start")),
                      json.getString("reason"),
                      NumberForms.timeout(json)),
              BookingForms::write,
              BookingForms::booking));

  private BookingForms() {}

  private static JsonObject write(Book call) {
    BookingRequest request = call.request();
    Duration duration = request.duration();
    return new JsonObject()
        .put("attempt", request.attemptId())
        .put("event_type", request.eventType())
        .put("start", request.start().toString())
        .put("duration_ms", duration == null ? null : duration.toMillis())
        .put("attendee", write(request.attendee()))
        .put("labels", new JsonObject(Map.copyOf(request.labels())))
        .put("timeout_ms", request.timeout().toMillis())
        .put("traceparent", request.traceparent());
  }

  private static Book book(JsonObject json) {
    return new Book(
        new BookingRequest(
            NodeForms.text(json, "attempt"),
            NodeForms.text(json, "event_type"),
            Instant.parse(NodeForms.text(json, "start")),
            AttemptForm.duration(json.getLong("duration_ms")),
            attendee(json.getJsonObject("attendee")),
            json.getJsonObject("labels").stream()
                .collect(
                    Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, label -> label.getValue().toString())),
            NumberForms.timeout(json),
            json.getString("traceparent")));
  }

  private static JsonObject write(FindBookings call) {
    BookingSearch search = call.search();
    return new JsonObject()
        .put("attempt", search.attemptId())
        .put("attendee", write(search.attendee()))
        .put("start", search.start().toString())
        .put("attempted_at", search.attemptedAt().toString())
        .put("timeout_ms", search.timeout().toMillis())
        .put("service", call.service());
  }

  private static FindBookings find(JsonObject json) {
    return new FindBookings(
        new BookingSearch(
            NodeForms.text(json, "attempt"),
            attendee(json.getJsonObject("attendee")),
            Instant.parse(NodeForms.text(json, "start")),
            Instant.parse(NodeForms.text(json, "attempted_at")),
            NumberForms.timeout(json)),
        json.getString("service"));
  }

  private static JsonObject write(Attendee attendee) {
    return new JsonObject()
        .put("name", attendee.name())
        .put("time_zone", attendee.timeZone())
        .put("email", attendee.email())
        .put("phone", attendee.phone())
        .put("language", attendee.language());
  }

  private static Attendee attendee(JsonObject json) {
    return new Attendee(
        NodeForms.text(json, "name"),
        NodeForms.text(json, "time_zone"),
        json.getString("email"),
        json.getString("phone"),
        json.getString("language"));
  }

  private static JsonObject write(Booking booking) {
    return new JsonObject()
        .put("uid", booking.uid())
        .put("state", booking.state().name())
        .put("start", booking.start().toString())
        .put("end", booking.end().toString())
        .put("title", booking.title())
        .put("meeting_url", booking.meetingUrl())
        .put("moved_from", booking.movedFrom());
  }

  private static Booking booking(JsonObject json) {
    return new Booking(
        NodeForms.text(json, "uid"),
        BookingState.valueOf(NodeForms.text(json, "state")),
        Instant.parse(NodeForms.text(json, "start")),
        Instant.parse(NodeForms.text(json, "end")),
        json.getString("title"),
        json.getString("meeting_url"),
        json.getString("moved_from"));
  }
}
