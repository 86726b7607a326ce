package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
import io.signalbox.gateway.model.OperationState;
import io.signalbox.spi.Channel;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.events.NotificationEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The types of events, as CloudEvents call them. */
public final class EventTypes {
  /** A callback endpoint was disabled. */
  public static final String CALLBACK_DISABLED = NotificationEvent.CALLBACK + "disabled";

  /** A person tries a callback endpoint out. */
  public static final String CALLBACK_TEST = NotificationEvent.CALLBACK + "test";

  /**
   * What is told of operations besides their ends: what was done twice and is undone, what is found
   * and not touched because the account is shared, that a code came in at a rented number, that a
   * rental or booking has moved otherwise.
   */
  public static final List<String> OPERATION_NEWS =
      List.of("compensated", "orphaned", "code_received", "changed");

  /**
   * What is told of bookings since they were made, by us, by the other side, or by their provider:
   * the last words of the types.
   */
  public static final List<String> BOOKING_NEWS =
      List.of("created", "accepted", "rescheduled", "cancelled", "rejected", "change_failed");

  private static final Map<ReceiptStatus, String> RECEIPTS = new EnumMap<>(ReceiptStatus.class);
  private static final Map<NotificationState, String> MOVES =
      new EnumMap<>(NotificationState.class);

  static {
    for (ReceiptStatus status : ReceiptStatus.values()) {
      RECEIPTS.put(status, NotificationEvent.RECEIPT + status.wireName());
    }
    for (NotificationState state : NotificationState.values()) {
      if (!state.isOpen()) {
        MOVES.put(state, NotificationEvent.NOTIFICATION + state.wireName());
      }
    }
  }

  private EventTypes() {}

  /** The type of a receipt. */
  public static String of(ReceiptStatus status) {
    return Objects.requireNonNull(RECEIPTS.get(status));
  }

  /** The type of a move to a state; null for states of work that goes on, which are not told. */
  public static @Nullable String of(NotificationState state) {
    return MOVES.get(state);
  }

  /** The type of news of an operation. */
  public static String ofOperation(String news) {
    return NotificationEvent.OPERATION + news;
  }

  /** The type of what has become of the rental or booking of an operation. */
  public static String ofResult(Channel kind, String news) {
    return kind == Channel.BOOKING ? NotificationEvent.BOOKING + news : ofOperation(news);
  }

  /** All types that there are. */
  public static List<String> all() {
    List<String> all = new ArrayList<>(RECEIPTS.values());
    all.addAll(MOVES.values());
    for (OperationState state : OperationState.values()) {
      if (!state.isOpen()) {
        all.add(ofOperation(state.wireName()));
      }
    }
    OPERATION_NEWS.forEach(news -> all.add(ofOperation(news)));
    BOOKING_NEWS.forEach(news -> all.add(ofResult(Channel.BOOKING, news)));
    all.add(CALLBACK_DISABLED);
    all.add(CALLBACK_TEST);
    return all;
  }
}
