package io.signalbox.gateway.ledger.sql;

import io.signalbox.gateway.ledger.Erasure;
import io.signalbox.gateway.ledger.Erasure.Counts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order to forget a recipient, as far as it has come.
 *
 * @param askedUntilMillis when it was asked for last: what was accepted by then is to go
 * @param coversUntilMillis the same, as it was when the pass that is under way began
 * @param address what is stored of the recipient; null once it is done
 * @param phase what is being looked through
 * @param place the key that was looked at last
 */
record EraseOrder(
    Erasure erasure,
    long askedUntilMillis,
    long coversUntilMillis,
    @Nullable String address,
    Phase phase,
    long place,
    String origin,
    String correlationId) {

  /** Its number. */
  long id() {
    return erasure.id();
  }

  /** Whether it has not moved on since it was seen. */
  boolean isAt(EraseOrder seen) {
    return erasure.endedAtMillis() == null
        && phase == seen.phase
        && place == seen.place
        && coversUntilMillis == seen.coversUntilMillis;
  }

  /** The begin of a pass, which covers all that was asked for by now. */
  EraseOrder begun() {
    return new EraseOrder(
        with(erasure.counts().anew(), null),
        askedUntilMillis,
        askedUntilMillis,
        address,
        phase,
        place,
        origin,
        correlationId);
  }

  /** At another place, with more counted. */
  EraseOrder at(Phase nextPhase, long nextPlace, Counts more) {
    return new EraseOrder(
        with(erasure.counts().plus(more), null),
        askedUntilMillis,
        coversUntilMillis,
        address,
        nextPhase,
        nextPlace,
        origin,
        correlationId);
  }

  /** Done. */
  EraseOrder ended(long nowMillis) {
    return new EraseOrder(
        with(erasure.counts(), nowMillis),
        askedUntilMillis,
        coversUntilMillis,
        null,
        phase,
        place,
        origin,
        correlationId);
  }

  private Erasure with(Counts counts, @Nullable Long endedAtMillis) {
    return new Erasure(
        erasure.id(),
        erasure.tenant(),
        erasure.recipientHash(),
        erasure.createdAtMillis(),
        erasure.createdBy(),
        endedAtMillis,
        counts);
  }

  /** What an order goes through, one after the other; the numbers are stored and never change. */
  enum Phase {
    SUPPRESSIONS(0),
    NOTIFICATIONS(1),
    WEBHOOKS(2),
    WORK(3),
    EVENTS(4),
    RECEIPTS(5),
    ANSWERS(6),
    OPERATIONS(7),
    BOOKINGS(9),
    END(8);

    private final int code;

    Phase(int code) {
      this.code = code;
    }

    /** The number in the ledger. */
    int code() {
      return code;
    }

    /** What follows; the last one is followed by itself. */
    Phase next() {
      List<Phase> order = List.of(values());
      return this == END ? END : order.get(order.indexOf(this) + 1);
    }

    /** The key before all others that are looked through. */
    long start() {
      return this == NOTIFICATIONS ? -1 : 0;
    }

    /** The phase of a number. */
    static Phase ofCode(int code) {
      for (Phase phase : values()) {
        if (phase.code == code) {
          return phase;
        }
      }
      throw new IllegalArgumentException("no phase has the number " + code);
    }
  }
}
