package io.signalbox.provider.vonage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.signalbox.spi.Secret;
import io.signalbox.testkit.HostedProvider;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApplicationTokenTest {
  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:10Z");
  private static final Instant OLD = BEGIN.plus(ApplicationToken.FRESH);

  private final Vertx vertx = Vertx.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final AtomicInteger signed = new AtomicInteger();

  @AfterEach
  void stop() {
    HostedProvider.await(vertx.close().map("closed"));
  }

  @Test
  void isSignedOnAWorkerThread() {
    Promise<Boolean> worker = Promise.promise();
    ApplicationToken token =
        token(
            () -> {
              worker.complete(Context.isOnWorkerThread());
              return "an-id";
            });

    asked(token, BEGIN);

    assertThat(HostedProvider.await(worker.future())).isTrue();
  }

  @Test
  void oneIsSignedForAllWhoAskAtTheBeginning() {
    ApplicationToken token = token(this::count);

    List<Secret> tokens =
        call(
            () ->
                Future.all(IntStream.range(0, 20).mapToObj(i -> token.at(BEGIN)).toList())
                    .map(all -> all.<Secret>list()));

    assertThat(tokens).hasSize(20).containsOnly(tokens.get(0));
    assertThat(signed).hasValue(1);
  }

  @Test
  void nobodyWaitsForTheNextWhileTheOneBeforeIsGood() {
    CountDownLatch held = new CountDownLatch(1);
    ApplicationToken token =
        token(
            () -> {
              String id = count();
              if (!id.equals("1")) {
                passed(held);
              }
              return id;
            });
    Secret first = asked(token, BEGIN);

    for (int i = 0; i < 20; i++) {
      assertThat(askedAtOnce(token, OLD.plusSeconds(i))).isEqualTo(first);
    }
    held.countDown();

    await().atMost(Duration.ofSeconds(60)).until(() -> !asked(token, OLD).equals(first));
    assertThat(signed).hasValue(2);
  }

  @Test
  void youngTokenHasNoOtherSigned() {
    ApplicationToken token = token(this::count);
    Secret first = asked(token, BEGIN);

    assertThat(askedAtOnce(token, OLD.minusSeconds(1))).isEqualTo(first);

    assertThat(asked(token, BEGIN.plus(ApplicationToken.REUSE))).isNotEqualTo(first);
    assertThat(signed).hasValue(2);
  }

  @Test
  void failureIsToldOnlyWhereNoTokenIsGoodAndIsTriedAgain() {
    AtomicInteger asked = new AtomicInteger();
    ApplicationToken token =
        token(
            () -> {
              int now = asked.incrementAndGet();
              if (now % 2 == 1) {
                throw new IllegalStateException("no id");
              }
              return Integer.toString(now);
            });
    assertThatThrownBy(() -> asked(token, BEGIN)).hasMessage("no id");
    Secret first = asked(token, BEGIN);

    assertThat(askedAtOnce(token, OLD)).isEqualTo(first);
    await().atMost(Duration.ofSeconds(60)).until(() -> asked.get() == 3);

    await().atMost(Duration.ofSeconds(60)).until(() -> !asked(token, OLD).equals(first));
  }

  private String count() {
    return Integer.toString(signed.incrementAndGet());
  }

  private ApplicationToken token(Supplier<String> ids) {
    ApplicationKey key = ApplicationKey.read(TestApplication.pem()).orElseThrow();
    return new ApplicationToken(vertx, new VonageConfig.Application(TestApplication.ID, key), ids);
  }

  private Secret asked(ApplicationToken token, Instant now) {
    return call(() -> token.at(now));
  }

  /** Fails if the token is not there yet when it is asked for. */
  private Secret askedAtOnce(ApplicationToken token, Instant now) {
    return call(() -> Future.succeededFuture(token.at(now).result()));
  }

  private <T> T call(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    context.runOnContext(v -> work.get().onComplete(done));
    return HostedProvider.await(done.future());
  }

  private static void passed(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
