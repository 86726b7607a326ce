package io.signalbox.gateway.booking;

import io.signalbox.gateway.ledger.OperationResult;
import io.signalbox.gateway.operation.Operations.OtherRequestException;
import io.signalbox.spi.BookingState;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a booking since it was made: its last known state, and what was asked to
 * be changed of it. Personal data.
 *
 * @param uid the provider's id of it now
 * @param formerUids those that it had before it was moved, the oldest first
 * @param state how it stands
 * @param start when it begins
 * @param end when it ends
 * @param title as the provider calls it; null if it says nothing
 * @param meetingUrl where it takes place online; null if it does not
 * @param heardAtMillis when the provider was last heard of how it stands
 * @param happenedAtMillis of when the newest statement is, by the provider's clock where known
 * @param told whether an event has told that it was made
 * @param alterations the newest changes that were asked for, the oldest first; only the last of
 *     them may be open
 */
record KeptBooking(
    String uid,
    List<String> formerUids,
    BookingState state,
    Instant start,
    Instant end,
    @Nullable String title,
    @Nullable String meetingUrl,
    long heardAtMillis,
    long happenedAtMillis,
    boolean told,
    List<Alteration> alterations) {

  /** More are forgotten: who repeats a key so late gets no answer of then. */
  private static final int MOST_ALTERATIONS = 16;

  /** A booking that is moved more often can be found by its newest uids, and by our id. */
  private static final int MOST_FORMER = 50;

  /** Copies the lists and forgets what is too old. */
  KeptBooking {
    formerUids = newest(formerUids, MOST_FORMER);
    alterations = newest(alterations, MOST_ALTERATIONS);
  }

  private static <T> List<T> newest(List<T> all, int most) {
    return List.copyOf(all.subList(Math.max(0, all.size() - most), all.size()));
  }

  /** A booking that was just made. */
  static KeptBooking made(Statement made, Instant start, Instant end, long nowMillis) {
    return new KeptBooking(
        made.uid(),
        List.of(),
        made.state(),
        start,
        end,
        made.title(),
        made.meetingUrl(),
        nowMillis,
        made.atMillis(),
        false,
        List.of());
  }

  /** Whether it still stands, or may. */
  boolean isLive() {
    return state == BookingState.PENDING || state == BookingState.ACCEPTED;
  }

  /** The change that is under way; empty if none is. */
  Optional<Alteration> open() {
    return newestAlteration().filter(Alteration::isOpen);
  }

  /** The change that was asked for last; empty if none was. */
  Optional<Alteration> newestAlteration() {
    return alterations.isEmpty()
        ? Optional.empty()
        : Optional.of(alterations.get(alterations.size() - 1));
  }

  /**
   * The change that a wish has asked for before: with the same idempotency key, or, without one, so
   * that it is under way still.
   *
   * @throws OtherRequestException if the key came with another request
   */
  Optional<Alteration> earlier(AlterationWish wish) {
    String key = wish.key();
    if (key == null) {
      return open()
          .filter(open -> open.type() == wish.type())
          .filter(open -> Objects.equals(open.start(), wish.start()));
    }
    Optional<Alteration> found =
        alterations.stream().filter(each -> key.equals(each.key())).findFirst();
    if (found.filter(each -> !each.digest().equals(wish.digest())).isPresent()) {
      throw new OtherRequestException();
    }
    return found;
  }

  /** The change of a number; empty if it is forgotten. */
  Optional<Alteration> alteration(int number) {
    return alterations.stream().filter(each -> each.number() == number).findFirst();
  }

  /** Whether it is already as a wish would have it. */
  boolean isSo(AlterationWish wish) {
    return wish.type() == Alteration.Type.CANCEL
        ? !isLive()
        : isLive() && open().isEmpty() && start.equals(wish.start());
  }

  /** The same with one more change, or with a newer version of the last one. */
  KeptBooking with(Alteration alteration) {
    List<Alteration> all = new ArrayList<>(alterations);
    all.removeIf(each -> each.number() == alteration.number());
    all.add(alteration);
    return with(told, all);
  }

  /** The same, of which an event has told. */
  KeptBooking asTold() {
    return with(true, alterations);
  }

  private KeptBooking with(boolean nowTold, List<Alteration> all) {
    return new KeptBooking(
        uid,
        formerUids,
        state,
        start,
        end,
        title,
        meetingUrl,
        heardAtMillis,
        happenedAtMillis,
        nowTold,
        all);
  }

  /** When there is something to do for it; 0 for nothing. */
  long followAtMillis(long nowMillis) {
    return told ? open().map(Alteration::dueAtMillis).orElse(0L) : nowMillis;
  }

  /** As the ledger stores it: what the API and events show, and beside it what is kept of it. */
  JsonObject toJson() {
    JsonArray changes = new JsonArray();
    alterations.forEach(each -> changes.add(each.toJson()));
    return shown()
        .put(
            OperationResult.KEPT,
            new JsonObject()
                .put("heard", heardAtMillis)
                .put("happened", happenedAtMillis)
                .put("told", told)
                .put("changes", changes));
  }

  /** What the API and events show. */
  JsonObject shown() {
    JsonObject json = new JsonObject().put("uid", uid);
    if (!formerUids.isEmpty()) {
      json.put("former_uids", new JsonArray(formerUids));
    }
    json.put("state", state.wireName()).put("start", start.toString()).put("end", end.toString());
    if (title != null) {
      json.put("title", title);
    }
    if (meetingUrl != null) {
      json.put("meeting_url", meetingUrl);
    }
    newestAlteration().ifPresent(newest -> json.put("change", newest.shown()));
    return json;
  }

  /** Reads what {@link #toJson} wrote. */
  static KeptBooking of(JsonObject json) {
    List<String> former = new ArrayList<>();
    json.getJsonArray("former_uids", new JsonArray())
        .forEach(each -> former.add(String.valueOf(each)));
    JsonObject kept = json.getJsonObject(OperationResult.KEPT);
    List<Alteration> changes = new ArrayList<>();
    kept.getJsonArray("changes").forEach(each -> changes.add(Alteration.of((JsonObject) each)));
    return new KeptBooking(
        json.getString("uid"),
        former,
        BookingState.valueOf(json.getString("state").toUpperCase(Locale.ROOT)),
        Instant.parse(json.getString("start")),
        Instant.parse(json.getString("end")),
        json.getString("title"),
        json.getString("meeting_url"),
        kept.getLong("heard"),
        kept.getLong("happened"),
        kept.getBoolean("told"),
        changes);
  }

  /** Without the title, which names the attendee. */
  @Override
  public String toString() {
    return "KeptBooking[" + uid + " " + state.wireName() + "]";
  }
}
