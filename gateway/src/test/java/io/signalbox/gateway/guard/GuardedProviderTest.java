package io.signalbox.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.signalbox.gateway.Patience;
import io.signalbox.spi.Outcome;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a plugin throws or answers is a failure that can be told, and the next call works. */
class GuardedProviderTest extends BaseGuardTest {

  @ParameterizedTest
  @CsvSource({
    "exception, java.lang.IllegalStateException, java.lang.IllegalStateException: boom at acme.Deeds.now(",
    "own, acme.Deeds$Own, acme.Deeds$Own: mine at acme.Deeds.now(",
    "rude, acme.Deeds$Rude, acme.Deeds$Rude at acme.Deeds.now(",
    "linkage, java.lang.NoClassDefFoundError, acme/Missing",
    "bare, java.lang.Error, bare",
    "assertion, java.lang.AssertionError, sure",
    "checked, java.io.IOException, sneaked",
    "overflow, java.lang.StackOverflowError, acme.Deeds.overflow(",
    "memory, java.lang.OutOfMemoryError, java.lang.OutOfMemoryError",
    "failed, acme.Deeds$Own, mine",
    "no_cause, io.vertx.core.impl.NoStackTraceThrowable, NoStackTraceThrowable",
    "null, breach, returned no Future",
  })
  void aFailureIsTextAndTheNextCallWorks(String deed, String kind, String text) throws Exception {
    GuardedProvider provider = open("good");
    failsIn(provider.deliver(delivery(deed)), "deliver", kind, text);
    failsIn(provider.receive(webhook(deed)), "receive", kind, text);
    failsIn(provider.lookUp(query(deed)), "lookUp", kind, text);
    System.setProperty("signalbox.test.nasty.check", deed);
    System.setProperty("signalbox.test.nasty.close", deed);
    try {
      failsIn(provider.check(), "check", kind, text);
      assertThat(done(provider.deliver(delivery("good")))).isInstanceOf(Outcome.Sent.class);
      assertThat(told.failures).containsOnly(kind).hasSize(4);
      done(provider.close());
    } finally {
      System.clearProperty("signalbox.test.nasty.check");
      System.clearProperty("signalbox.test.nasty.close");
    }
  }

  private static void failsIn(Future<?> call, String name, String kind, String text) {
    assertThatThrownBy(() -> done(call))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOfSatisfying(
            PluginFailedException.class,
            failure -> {
              assertThat(failure).hasMessageStartingWith(name).hasMessageContaining(text);
              assertThat(failure.kind()).isEqualTo(kind);
              assertThat(failure.begun()).isTrue();
              // The plugin's own exception would hold its classes.
              assertThat(failure.getCause()).isNull();
              assertThat(failure.getStackTrace()).isEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "own", "linkage", "overflow", "nothing"})
  void aProviderThatCannotBeMadeLeavesNoThread(String deed) {
    assertThatThrownBy(() -> open(deed))
        .isInstanceOf(ExecutionException.class)
        .cause()
        .isInstanceOf(PluginFailedException.class)
        .hasMessageStartingWith("create");
    Patience.await().until(() -> !isAlive("signalbox-provider-bad"));
  }

  private static boolean isAlive(String thread) {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals(thread));
  }

  @ParameterizedTest
  @ValueSource(strings = {"good", "foreign", "twice", "late"})
  void anAnswerComesOnceAndOnTheCallersContext(String deed) throws Exception {
    GuardedProvider provider = open("good");
    Vertx gateway = Vertx.vertx();
    try {
      Context caller = gateway.getOrCreateContext();
      Promise<Boolean> told = Promise.promise();
      caller.runOnContext(
          now ->
              provider
                  .deliver(delivery(deed))
                  .onComplete(
                      outcome -> told.complete(Vertx.currentContext() == caller), told::fail));
      assertThat(done(told.future())).isTrue();
      done(provider.close());
    } finally {
      done(gateway.close());
    }
  }

  @Test
  void hasAThreadOfItsNameUntilItIsClosed() throws Exception {
    GuardedProvider provider = open("good");
    assertThat(isAlive("signalbox-provider-bad")).isTrue();
    done(provider.close());
    Patience.await().until(() -> !isAlive("signalbox-provider-bad"));
    done(provider.close());
    provider.look();
    assertThatThrownBy(() -> done(provider.check())).hasMessageContaining("was not begun");
  }
}
