package io.signalbox.gateway.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.signalbox.gateway.bus.RateMessages.PermitsTaken;
import io.signalbox.gateway.bus.RateMessages.TakePermits;
import io.signalbox.loader.ProviderLimits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RateGateTest {
  /** Answers and timers are the test's. */
  private static final class Desk implements RateDesk {
    final List<Promise<PermitsTaken>> asked = new ArrayList<>();
    final List<Runnable> later = new ArrayList<>();
    boolean fails;

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public int nodes() {
      return 1;
    }

    @Override
    public Future<PermitsTaken> take(TakePermits wish) {
      Promise<PermitsTaken> answer = Promise.promise();
      asked.add(answer);
      return answer.future();
    }

    @Override
    public void later(long millis, Runnable todo) {
      later.add(todo);
    }

    @Override
    public void given() {
      if (fails) {
        throw new IllegalStateException("for a test");
      }
    }

    @Override
    public void coolsDown(String provider, long untilMillis) {
      // Nobody is there.
    }
  }

  private final Desk desk = new Desk();
  private final RateGate gate = new RateGate("p", ProviderLimits.of(10, 10), desk);

  @Test
  void itAsksOnWhateverComesOfWhatItWasGiven() {
    desk.fails = true;
    Throwable thrown = catchThrowable(() -> desk.asked.get(0).complete(new PermitsTaken(2, 0)));
    // Whether it comes through is the Future's affair.
    assertThat(thrown == null || thrown instanceof IllegalStateException).isTrue();
    gate.take(0);
    assertThat(desk.asked).hasSize(2);
  }

  @Test
  void ofAProviderThatIsGoneItAsksNoMore() {
    desk.asked.get(0).complete(new PermitsTaken(0, 100));
    assertThat(desk.later).hasSize(1);
    gate.close();
    desk.later.get(0).run();
    assertThat(desk.asked).hasSize(1);
  }
}
