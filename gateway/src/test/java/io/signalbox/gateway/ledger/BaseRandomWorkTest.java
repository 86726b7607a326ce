package io.signalbox.gateway.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.ledger.Timeline.AttemptEntry;
import io.signalbox.gateway.model.AttemptId;
import io.signalbox.gateway.model.NotificationId;
import io.signalbox.gateway.model.NotificationState;
import io.signalbox.spi.Outcome;
import io.signalbox.spi.ReceiptStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Whatever is asked of a ledger in whatever order, its promises hold. */
public abstract class BaseRandomWorkTest extends LedgerContract {
  private static final int RUNS = 12;
  private static final int STEPS = 250;
  private static final int NOTIFICATIONS = 5;
  private static final List<ReceiptStatus> STATUSES = List.of(ReceiptStatus.values());

  private final Map<NotificationId, Integer> attemptsAtEnd = new HashMap<>();
  private final Map<NotificationId, NotificationState> last = new HashMap<>();
  private final Set<NotificationId> replayed = new HashSet<>();
  private int events;

  @Test
  void everySequenceKeepsThePromises() throws Exception {
    long base = System.nanoTime();
    for (int run = 0; run < RUNS; run++) {
      long seed = base + run;
      try {
        oneRun(new Random(seed));
      } catch (AssertionError e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
  }

  private void oneRun(Random random) throws Exception {
    List<NotificationId> all = new ArrayList<>();
    for (int i = 0; i < NOTIFICATIONS; i++) {
      all.add(accept());
    }
    for (int step = 0; step < STEPS; step++) {
      NotificationId id = all.get(random.nextInt(all.size()));
      act(random, id);
      check(id);
    }
    await(ledger().recover(NOW));
    for (NotificationId id : all) {
      check(id);
      assertThat(timeline(id).attempts()).allMatch(attempt -> attempt.outcome() != null);
    }
  }

  private void act(Random random, NotificationId id) throws Exception {
    Timeline now = timeline(id);
    int count = now.attempts().size();
    int number = Math.max(1, count - random.nextInt(2));
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> await(ledger().begin(start(id, Math.max(1, count + random.nextInt(2)))));
      case 3, 4, 5, 6 -> {
        if (count > 0) {
          boolean early = random.nextBoolean();
          settle(id, number, outcome(random, id, number), next(random, id, count, early));
        }
      }
      case 7 -> {
        boolean sent = now.state() == NotificationState.SENT;
        await(ledger().move(id, count, sent, next(random, id, count, true), NOW));
      }
      case 8, 9 -> {
        ReceiptStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
        AttemptId echoed = random.nextBoolean() ? new AttemptId(id, number) : null;
        record("alpha", receipt("e-" + events++, echoed, id + "/" + number, status));
      }
      case 10 -> {
        if (random.nextInt(10) == 0) {
          await(ledger().recover(NOW));
        }
      }
      default -> replay(now, id);
    }
  }

  private void replay(Timeline now, NotificationId id) throws Exception {
    DeadLetterFilter one = new DeadLetterFilter(TENANT, id, null, null, 0, Long.MAX_VALUE, null);
    long moved = await(reports().replayDeadLetters(one, 1, NOW)).count();
    boolean waits =
        now.state() == NotificationState.DEAD_LETTER || now.state() == NotificationState.HELD;
    assertThat(moved).isEqualTo(waits ? 1 : 0);
    if (moved == 1) {
      replayed.add(id);
    }
  }

  private static Outcome outcome(Random random, NotificationId id, int number) {
    return switch (random.nextInt(3)) {
      case 0 -> sent(id + "/" + number);
      case 1 -> unknown();
      default -> broken();
    };
  }

  private static NextStep next(Random random, NotificationId id, int count, boolean attempt) {
    int most = attempt ? 8 : 7;
    return switch (random.nextInt(most)) {
      case 0 -> finish(NotificationState.SENT);
      case 1 -> finish(NotificationState.FAILED);
      case 2 -> finish(NotificationState.DEAD_LETTER);
      case 3 -> new NextStep.Await(NOW + 5, "unknown");
      case 4, 5, 6 -> new NextStep.Retry(NOW + 5, 1, "exhausted");
      default -> new NextStep.Attempt(start(id, count + 1), "transient");
    };
  }

  private void check(NotificationId id) throws Exception {
    Timeline timeline = timeline(id);
    List<AttemptEntry> attempts = timeline.attempts();
    for (int i = 0; i < attempts.size(); i++) {
      assertThat(attempts.get(i).number()).isEqualTo(i + 1);
    }
    boolean underWay = !attempts.isEmpty() && attempts.get(attempts.size() - 1).outcome() == null;
    if (timeline.state().isOpen()) {
      assertThat(timeline.dueAtMillis() > 0 || underWay)
          .as("an open notification is due or has an attempt under way")
          .isTrue();
    } else {
      assertThat(timeline.dueAtMillis()).as("nothing is due after the end").isZero();
    }
    checkForward(id, timeline, replayed.remove(id));
  }

  private void checkForward(NotificationId id, Timeline timeline, boolean wasReplayed) {
    NotificationState before = last.put(id, timeline.state());
    if (before != null && !before.isOpen() && !wasReplayed) {
      assertThat(timeline.state().rank()).isGreaterThanOrEqualTo(before.rank());
      assertThat(timeline.attempts()).hasSize(attemptsAtEnd.get(id));
    }
    attemptsAtEnd.put(id, timeline.attempts().size());
  }
}
