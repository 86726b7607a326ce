package io.signalbox.gateway.ledger;

import io.signalbox.gateway.model.NotificationState;
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

  /** All types that there are. */
  public static List<String> all() {
    List<String> all = new ArrayList<>(RECEIPTS.values());
    all.addAll(MOVES.values());
    all.add(CALLBACK_DISABLED);
    all.add(CALLBACK_TEST);
    return all;
  }
}
