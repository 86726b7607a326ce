package io.signalbox.gateway.guard;

import io.signalbox.loader.LoadedPlugin;
import io.signalbox.loader.PluginFolder;
import io.signalbox.loader.PluginFolderSettings;
import io.signalbox.loader.ProviderDefinition;
import io.signalbox.loader.ProviderLifecycle;
import io.signalbox.loader.Refusal;
import io.signalbox.spi.Channel;
import io.signalbox.spi.Content;
import io.signalbox.spi.DeliveryRequest;
import io.signalbox.spi.OutcomeKind;
import io.signalbox.spi.Recipient;
import io.signalbox.spi.StatusQuery;
import io.signalbox.spi.WebhookRequest;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real jar of the nasty plugin, and guards around the providers made of it. */
abstract class BaseGuardTest {
  static final Duration AFTER = Duration.ofMillis(500);
  static final Duration LIMIT = Duration.ofMillis(1_200);
  private static final long WAIT_SECONDS = 60;

  @TempDir Path temp;
  final Told told = new Told();
  private final CompletableFuture<Map.Entry<ProviderDefinition, LoadedPlugin>> loaded =
      new CompletableFuture<>();
  private PluginFolder folder;

  /** What a listener heard. */
  static final class Told implements GuardListener {
    final List<String> failures = new CopyOnWriteArrayList<>();
    final List<String> withdrawn = new CopyOnWriteArrayList<>();
    final List<Blockage> blocked = new CopyOnWriteArrayList<>();
    final List<Blockage> pastLimit = new CopyOnWriteArrayList<>();
    final List<String> unblocked = new CopyOnWriteArrayList<>();

    @Override
    public void failed(String call, PluginFailedException failure) {
      failures.add(failure.kind());
    }

    @Override
    public void withdrawn() {
      withdrawn.add("");
    }

    @Override
    public void answeredLate(OutcomeKind outcome) {}

    @Override
    public void blocked(Blockage blockage) {
      blocked.add(blockage);
    }

    @Override
    public void unblocked() {
      unblocked.add("");
    }

    @Override
    public void pastLimit(Blockage blockage) {
      pastLimit.add(blockage);
    }
  }

  @BeforeEach
  void forget() {
    System.clearProperty(NastyPlugin.COUNT);
  }

  private void load(String create) throws Exception {
    Path plugins = Files.createDirectories(temp.resolve("plugins"));
    NastyPlugin.source("1.0").writeTo(plugins.resolve("nasty.jar"));
    Files.writeString(
        plugins.resolve("bad.yaml"), "plugin: nasty\nconfig:\n  create: " + create + "\n");
    ProviderLifecycle taking =
        new ProviderLifecycle() {
          @Override
          public Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin) {
            loaded.complete(Map.entry(definition, plugin));
            return Future.succeededFuture();
          }

          @Override
          public Future<Void> stop(String providerId) {
            return Future.succeededFuture();
          }

          @Override
          public void refused(Refusal refusal) {
            loaded.completeExceptionally(new AssertionError(refusal.reason()));
          }
        };
    folder =
        new PluginFolder(
            PluginFolderSettings.of(plugins, temp.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(10)),
            taking);
    done(folder.start());
  }

  @AfterEach
  void letGo() throws Exception {
    System.clearProperty(NastyPlugin.HOLD);
    if (folder != null) {
      done(folder.unload());
    }
  }

  /** Makes a provider, of which {@code create} is told in its configuration. */
  GuardedProvider open(String create) throws Exception {
    load(create);
    Map.Entry<ProviderDefinition, LoadedPlugin> both = loaded.get(WAIT_SECONDS, TimeUnit.SECONDS);
    GuardSettings settings = new GuardSettings(Vertx::vertx, AFTER, LIMIT, false, id -> told);
    return done(
        new ProviderGuards(settings, Clock.systemUTC())
            .open(both.getKey(), both.getValue(), "http://localhost/"));
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(WAIT_SECONDS, TimeUnit.SECONDS);
  }

  static DeliveryRequest delivery(String deed) {
    return delivery(deed, Duration.ofSeconds(20));
  }

  static DeliveryRequest delivery(String deed, Duration timeout) {
    return new DeliveryRequest(
        "attempt",
        "key",
        Channel.EMAIL,
        deed,
        new Recipient.Email("a@example.com"),
        new Content("t", "m", null),
        timeout,
        null,
        Map.of());
  }

  static WebhookRequest webhook(String deed) {
    return new WebhookRequest(
        "POST",
        "http://localhost/",
        deed,
        MultiMap.caseInsensitiveMultiMap(),
        Buffer.buffer(),
        Instant.EPOCH);
  }

  static StatusQuery query(String deed) {
    return new StatusQuery(
        deed,
        "key",
        null,
        Channel.EMAIL,
        new Recipient.Email("a@example.com"),
        Instant.EPOCH,
        Duration.ofSeconds(5));
  }

  /** Looks as the verticle does, until something is so. */
  static void lookUntil(GuardedProvider provider, java.util.function.BooleanSupplier condition) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(WAIT_SECONDS))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              provider.look();
              return condition.getAsBoolean();
            });
  }
}
