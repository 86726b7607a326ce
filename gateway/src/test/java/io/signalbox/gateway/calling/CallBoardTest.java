package io.signalbox.gateway.calling;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.bus.ProviderAbilities;
import io.signalbox.gateway.bus.ProviderMessages.BreakerView;
import io.signalbox.gateway.bus.ProviderMessages.ProviderState;
import io.signalbox.gateway.bus.ProviderMessages.Stage;
import io.signalbox.gateway.bus.RateMessages.PermitsTaken;
import io.signalbox.gateway.bus.RateMessages.TakePermits;
import io.signalbox.gateway.rate.RateDesk;
import io.signalbox.loader.ProviderLimits;
import io.signalbox.spi.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** For whom operations keep a line. */
class CallBoardTest {
  private final Vertx vertx = Vertx.vertx();
  private final AskedDesk desk = new AskedDesk();
  private final CallBoard board =
      new CallBoard(
          vertx,
          new CallLimits(10, Duration.ofSeconds(1), Duration.ofSeconds(10)),
          desk,
          Clock.systemUTC());

  @AfterEach
  void close() throws Exception {
    board.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Notes for whom permits are asked, and never answers. */
  private static final class AskedDesk implements RateDesk {
    private final List<String> asked = new ArrayList<>();

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
      asked.add(wish.provider());
      return Promise.<PermitsTaken>promise().future();
    }

    @Override
    public void later(long millis, Runnable todo) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void given() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void coolsDown(String provider, long untilMillis) {
      throw new UnsupportedOperationException();
    }
  }

  private static ProviderState state(String provider, long generation, Channel... channels) {
    return new ProviderState(
        provider,
        "plugin",
        "1",
        generation,
        Set.of(channels),
        1,
        100,
        ProviderLimits.of(10, 100),
        null,
        Duration.ofSeconds(2),
        false,
        ProviderAbilities.NONE,
        Stage.ACTIVE,
        new BreakerView("closed", 1, 0, 1, false, "test", 0),
        List.of(),
        "account of " + provider);
  }

  @Test
  void whoCarriesMessagesAloneHasNoLineAndTakesNoPermits() {
    board.update(state("mails", 1, Channel.EMAIL, Channel.SMS));
    assertThat(board.find("mails")).isNull();
    assertThat(desk.asked).isEmpty();

    board.update(state("numbers", 1, Channel.NUMBER));
    board.update(state("bookings", 1, Channel.BOOKING, Channel.EMAIL));
    assertThat(board.find("numbers")).isNotNull();
    assertThat(board.find("bookings")).isNotNull();
    assertThat(board.account("numbers")).isEqualTo("account of numbers");
    assertThat(desk.asked).containsExactly("numbers:calls", "bookings:calls");
  }

  @Test
  void whoHasOperationsFromNowOnGetsALineAndKeepsIt() {
    board.update(state("both", 1, Channel.SMS));
    board.update(state("both", 2, Channel.SMS, Channel.NUMBER));
    CallLine line = Objects.requireNonNull(board.find("both"));

    board.update(state("both", 3, Channel.SMS));
    assertThat(board.find("both")).isSameAs(line);
    assertThat(line.state().generation()).isEqualTo(3);
  }
}
