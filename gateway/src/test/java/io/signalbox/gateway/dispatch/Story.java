package io.signalbox.gateway.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.AttemptStart;
import io.signalbox.gateway.ledger.ReceiptEffect;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.ReceiptStatus;
import io.signalbox.spi.intake.SendNotification;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has happened to one notification, and what must never happen to it. */
final class Story {
  final NotificationId id;
  final SendNotification notification;
  final int maxAttempts;
  final List<Tried> tried = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private int replayedAfter;
  NotificationState state = NotificationState.QUEUED;
  @Nullable Flight flight;

  /** One attempt as the model knows it. */
  static final class Tried {
    final AttemptStart start;
    @Nullable OutcomeKind outcome;
    private ReceiptStatus best = ReceiptStatus.UNKNOWN;
    private boolean badNewsWaits;

    Tried(AttemptStart start) {
      this.start = start;
    }

    void told(ReceiptEffect.Kind kind, ReceiptStatus status) {
      if (kind == ReceiptEffect.Kind.UNMATCHED) {
        // It takes effect whenever the message's id becomes known.
        badNewsWaits |= status.meansNotDelivered();
      } else if (kind != ReceiptEffect.Kind.REPEATED && status.rank() > best.rank()) {
        best = status;
      }
    }

    boolean mayHaveArrived() {
      boolean left =
          outcome == null || outcome == OutcomeKind.SENT || outcome == OutcomeKind.UNKNOWN;
      return left && !badNewsWaits && !best.meansNotDelivered();
    }
  }

  Story(NotificationId id, SendNotification notification, int maxAttempts) {
    this.id = id;
    this.notification = notification;
    this.maxAttempts = maxAttempts;
  }

  void say(String what) {
    log.add(what + " -> " + state.wireName());
  }

  /** The ledger has told where it stands. */
  void is(NotificationState now, String after) {
    NotificationState before = state;
    state = now;
    say(after);
    boolean kept = before.isOpen() || now == before || now.rank() > before.rank();
    assertThat(kept).as("from %s to %s: %s", before, now, log).isTrue();
  }

  void replayed() {
    assertThat(state).isIn(NotificationState.HELD, NotificationState.DEAD_LETTER);
    state = NotificationState.QUEUED;
    replayedAfter = tried.size();
    say("replayed");
  }

  /** An attempt begins: the ledger has taken it. */
  void begins(Flight begun) {
    AttemptStart start = begun.start();
    boolean allowed =
        start.confirmation().failover()
            ? state == NotificationState.SENT && notification.confirmWithin() != null
            : state.isOpen();
    assertThat(allowed).as("an attempt begins in %s: %s", state, log).isTrue();
    assertThat(flight).as("two attempts at a time: %s", log).isNull();
    assertThat(start.attempt().number()).as("%s", log).isEqualTo(tried.size() + 1);
    assertThat(counted()).as("attempts before another: %s", log).isLessThan(maxAttempts);
    if (tried.stream().anyMatch(Tried::mayHaveArrived)) {
      assertThat(start.possibleDuplicate()).as("a hidden duplicate: %s", log).isTrue();
    }
    tried.add(new Tried(start));
    flight = begun;
  }

  private long counted() {
    return tried.stream()
        .skip(replayedAfter)
        .filter(each -> each.outcome != OutcomeKind.THROTTLED)
        .count();
  }

  /** The gateway dies. */
  void crashes() {
    if (flight != null) {
      tried.get(tried.size() - 1).outcome = OutcomeKind.UNKNOWN;
      flight = null;
      say("crashed");
    }
  }

  @Override
  public String toString() {
    return id + " " + log;
  }
}
