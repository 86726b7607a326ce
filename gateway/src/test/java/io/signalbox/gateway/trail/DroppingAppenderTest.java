package io.signalbox.gateway.trail;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DroppingAppenderTest {
  private final LoggerContext context = new LoggerContext();

  /** As a terminal that nobody reads. */
  private static final class Stuck extends AppenderBase<ILoggingEvent> {
    private final CountDownLatch read = new CountDownLatch(1);
    private final AtomicInteger written = new AtomicInteger();

    @Override
    protected void append(ILoggingEvent event) {
      try {
        read.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      written.incrementAndGet();
    }
  }

  @Test
  void whoLogsNeverWaitsAndWhatDoesNotFitIsCounted() {
    context.setMDCAdapter(new LogbackMDCAdapter());
    Stuck output = new Stuck();
    output.setContext(context);
    output.start();
    DroppingAppender appender = new DroppingAppender();
    appender.setContext(context);
    appender.setQueueSize(10);
    appender.addAppender(output);
    appender.start();
    Logger logger = context.getLogger("access");
    logger.addAppender(appender);
    double before = DroppingAppender.dropped();

    for (int i = 0; i < 100; i++) {
      logger.info("line");
    }

    double dropped = DroppingAppender.dropped() - before;
    // Ten wait in the queue; up to eleven are in the hands of the thread that writes: it takes one
    // line, and then all that wait.
    assertThat(dropped).isBetween(79.0, 90.0);
    output.read.countDown();
    await().atMost(Duration.ofSeconds(60)).until(() -> output.written.get() == 100 - (int) dropped);
    context.stop();
  }
}
