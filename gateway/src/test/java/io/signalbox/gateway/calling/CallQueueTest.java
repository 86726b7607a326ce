package io.signalbox.gateway.calling;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.call.RequestType;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CallQueueTest {
  private static final RequestType CHANGE = RequestType.RENT;
  private static final RequestType READ = RequestType.STATUS;

  private final CallQueue queue = new CallQueue(8);

  private int takeAll(RequestType type) {
    int taken = 0;
    while (queue.isFree(type)) {
      queue.take(type);
      taken++;
    }
    return taken;
  }

  @Test
  void neitherKindGetsTheLastQuarter() {
    assertThat(takeAll(READ)).isEqualTo(6);
    assertThat(takeAll(CHANGE)).isEqualTo(2);
    assertThat(queue.underWay()).isEqualTo(8);
  }

  @Test
  void theOnlyPermitIsForEither() {
    queue.setPermits(1);
    assertThat(takeAll(READ)).isEqualTo(1);
    assertThat(queue.isFree(CHANGE)).isFalse();
    queue.free(READ);
    assertThat(takeAll(CHANGE)).isEqualTo(1);
  }

  @Test
  void changesGoBeforeReads() {
    queue.setPermits(1);
    queue.take(READ);
    Future<Boolean> read = wait(READ);
    Future<Boolean> change = wait(CHANGE);
    assertThat(queue.next()).isNull();
    queue.free(READ);
    give();
    assertThat(change.result()).isTrue();
    assertThat(read.isComplete()).isFalse();
  }

  @Test
  void theOnlyPermitGoesToBothByTurns() {
    queue.setPermits(1);
    queue.take(READ);
    Future<Boolean> rent = wait(CHANGE);
    Future<Boolean> another = wait(CHANGE);
    Future<Boolean> read = wait(READ);
    queue.free(READ);
    give();
    assertThat(rent.result()).isTrue();
    queue.free(CHANGE);
    give();
    assertThat(read.result()).isTrue();
    queue.free(READ);
    give();
    assertThat(another.result()).isTrue();
  }

  @Test
  void whoWaitsTooLongIsSentAway() {
    queue.setPermits(1);
    queue.take(CHANGE);
    Promise<Boolean> waits = queue.await(CHANGE, 100);
    queue.expire(99);
    assertThat(waits.future().isComplete()).isFalse();
    queue.expire(100);
    assertThat(waits.future().result()).isFalse();
    assertThat(queue.hasWaiting()).isFalse();
  }

  @Test
  void onlySoManyWait() {
    for (int i = 0; i < CallQueue.MOST_WAITING; i++) {
      wait(READ);
    }
    assertThat(queue.await(READ, Long.MAX_VALUE)).isNull();
    assertThat(queue.await(CHANGE, Long.MAX_VALUE)).isNotNull();
  }

  private Future<Boolean> wait(RequestType type) {
    Promise<Boolean> turn = queue.await(type, Long.MAX_VALUE - 1);
    assertThat(turn).isNotNull();
    return turn.future();
  }

  private boolean give() {
    Promise<Boolean> next = queue.next();
    if (next != null) {
      next.complete(true);
    }
    return next != null;
  }

  @Test
  void whateverHappensTheBoundsHoldAndEachIsAnsweredInItsTurn() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<Future<Boolean>> changes = new ArrayList<>();
    List<Future<Boolean>> reads = new ArrayList<>();
    int[] underWay = {0, 0};
    for (int step = 0; step < 5_000; step++) {
      boolean change = random.nextBoolean();
      RequestType type = change ? CHANGE : READ;
      int kind = change ? 0 : 1;
      if (random.nextInt(3) < 2) {
        if (queue.isFree(type)) {
          queue.take(type);
          underWay[kind]++;
        } else {
          Promise<Boolean> turn = queue.await(type, Long.MAX_VALUE - 1);
          if (turn != null) {
            (change ? changes : reads).add(turn.future());
          }
        }
      } else if (underWay[kind] > 0) {
        queue.free(type);
        underWay[kind]--;
        while (give()) {
          underWay[0] += taken(changes);
          underWay[1] += taken(reads);
        }
      }
      assertThat(queue.underWay()).as("seed %d", seed).isEqualTo(underWay[0] + underWay[1]);
      assertThat(queue.underWay()).as("seed %d", seed).isLessThanOrEqualTo(8);
      assertThat(underWay)
          .as("seed %d", seed)
          .satisfies(
              both -> {
                assertThat(both[0]).isLessThanOrEqualTo(6);
                assertThat(both[1]).isLessThanOrEqualTo(6);
              });
    }
    queue.dismiss();
    assertThat(changes).as("seed %d", seed).allMatch(Future::isComplete);
    assertThat(reads).as("seed %d", seed).allMatch(Future::isComplete);
  }

  /** Takes out the first of those that wait if it was given its turn; no other may be. */
  private static int taken(List<Future<Boolean>> waiting) {
    assertThat(waiting.stream().skip(1)).noneMatch(Future::isComplete);
    if (waiting.isEmpty() || !waiting.get(0).isComplete()) {
      return 0;
    }
    waiting.remove(0);
    return 1;
  }
}
