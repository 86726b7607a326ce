package io.signalbox.gateway.trail;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import io.signalbox.gateway.trail.LogLevels.LogLevel;
import io.signalbox.gateway.trail.LogLevels.Result;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLevelsTest {
  private final LoggerContext context = new LoggerContext();
  private final Vertx vertx = Vertx.vertx();
  private LogLevels levels;

  @BeforeEach
  void configure() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    context.getLogger("ROOT").setLevel(Level.INFO);
    context.getLogger("held.mail").setLevel(Level.WARN);
    context.getLogger("access").setLevel(Level.OFF);
    context.getLogger("held.mail.Dialogue");
    context.getLogger("ours.room.Thing");
    levels = new LogLevels(context, vertx, Clock.systemUTC());
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    context.stop();
  }

  @Test
  void aPackageTellsMoreUntilItIsPutBack() {
    assertThat(levels.set("ours.room", "debug", null)).isEqualTo(Result.DONE);
    assertThat(context.getLogger("ours.room.Thing").isDebugEnabled()).isTrue();
    assertThat(levels.find("ours.room"))
        .isEqualTo(new LogLevel("ours.room", "debug", null, 0, true));

    assertThat(levels.set("ours.room", "error", null)).isEqualTo(Result.DONE);
    assertThat(levels.reset("ours.room")).isEqualTo(Result.DONE);
    assertThat(context.getLogger("ours.room").getLevel()).isNull();
    assertThat(levels.reset("ours.room")).isEqualTo(Result.DONE);
  }

  @Test
  void aLevelFallsBackByItself() {
    assertThat(levels.set("ours", "debug", Duration.ofMillis(20))).isEqualTo(Result.DONE);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> context.getLogger("ours").getLevel() == null);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(levels.find("ours"))
                    .isEqualTo(new LogLevel("ours", "info", null, 0, false)));
  }

  @Test
  void aLaterWishReplacesAnEarlierOnesEnd() {
    levels.set("ours", "debug", Duration.ofDays(1));
    levels.set("ours", "warn", null);
    assertThat(levels.find("ours").untilMillis()).isZero();
    levels.set("ours", "warn", Duration.ofDays(1));
    levels.expire("ours", Long.MAX_VALUE);
    assertThat(context.getLogger("ours").getLevel()).isEqualTo(Level.WARN);
    levels.close();
    assertThat(context.getLogger("ours").getLevel()).isNull();
  }

  @Test
  void whatIsHeldDownTellsNoMoreNorWhatIsBelowIt() {
    assertThat(levels.set("held.mail", "debug", null)).isEqualTo(Result.HELD_DOWN);
    assertThat(levels.set("held.mail.Dialogue", "info", null)).isEqualTo(Result.HELD_DOWN);
    assertThat(levels.set("held.mail.Dialogue", "error", null)).isEqualTo(Result.DONE);
    assertThat(levels.set("root", "debug", null)).isEqualTo(Result.DONE);
    assertThat(context.getLogger("held.mail").isInfoEnabled()).isFalse();
    assertThat(levels.set("access", "info", null)).isEqualTo(Result.DONE);
  }

  @Test
  void namesThatNothingHasAreNotKept() {
    int before = context.getLoggerList().size();
    assertThat(levels.set("nobody", "debug", null)).isEqualTo(Result.UNKNOWN);
    assertThat(levels.reset("nobody")).isEqualTo(Result.UNKNOWN);
    assertThat(context.getLoggerList()).hasSize(before);
  }

  @Test
  void tellsWhatHasALevelOfItsOwn() {
    assertThat(levels.all())
        .extracting(LogLevel::name)
        .containsExactly("access", "held.mail", "root");
    assertThat(levels.all().get(2)).isEqualTo(new LogLevel("root", "info", "info", 0, false));
  }

  @Test
  void onlySoManyAreChanged() {
    for (int i = 0; i < LogLevels.MOST; i++) {
      context.getLogger("many.n" + i);
      assertThat(levels.set("many.n" + i, "debug", null)).isEqualTo(Result.DONE);
    }
    assertThat(levels.set("ours", "debug", null)).isEqualTo(Result.TOO_MANY);
    assertThat(levels.set("many.n1", "warn", null)).isEqualTo(Result.DONE);
  }
}
