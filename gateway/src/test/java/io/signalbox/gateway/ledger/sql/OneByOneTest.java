package io.signalbox.gateway.ledger.sql;

import static io.signalbox.gateway.Patience.awaitLatch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What takes long has one thread of a pool, in turn, and leaves the others to what is short. */
class OneByOneTest {
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final OneByOne tasks = new OneByOne(pool, 10);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void theyRunOneAfterTheOtherAndWhatIsShortRunsMeanwhile() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(5);
    for (int i = 0; i < 5; i++) {
      int number = i;
      assertThat(
              tasks.offer(
                  () -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    awaitLatch(go);
                    order.add(number);
                    atOnce.decrementAndGet();
                    done.countDown();
                  }))
          .isTrue();
    }
    // None of them ends before this one has run.
    pool.submit(go::countDown).get(60, TimeUnit.SECONDS);
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(order).containsExactly(0, 1, 2, 3, 4);
    assertThat(most).hasValue(1);
  }

  @Test
  void onlySoManyWaitAndAfterThemOthersMay() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(11);
    tasks.offer(
        () -> {
          running.countDown();
          awaitLatch(go);
          done.countDown();
        });
    assertThat(running.await(60, TimeUnit.SECONDS)).isTrue();
    for (int i = 0; i < 10; i++) {
      assertThat(tasks.offer(done::countDown)).isTrue();
    }
    assertThat(tasks.offer(done::countDown)).isFalse();
    go.countDown();
    assertThat(done.await(60, TimeUnit.SECONDS)).isTrue();
    CountDownLatch later = new CountDownLatch(1);
    assertThat(tasks.offer(later::countDown)).isTrue();
    assertThat(later.await(60, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aPoolThatTakesNothingIsToldEachTime() {
    pool.shutdown();
    for (int i = 0; i < 12; i++) {
      assertThatThrownBy(() -> tasks.offer(() -> {}))
          .isInstanceOf(RejectedExecutionException.class);
    }
  }
}
