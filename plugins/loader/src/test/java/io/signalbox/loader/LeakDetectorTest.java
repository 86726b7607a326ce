package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Provider;
import io.signalbox.spi.ProviderContext;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeakDetectorTest {
  @TempDir Path temp;

  /** A gateway that really deploys providers, each in a verticle with the plugin's loader. */
  private static final class DeployingGateway implements ProviderLifecycle {
    private final Vertx vertx;
    private final Map<String, String> deployments = new ConcurrentHashMap<>();

    private DeployingGateway(Vertx vertx) {
      this.vertx = vertx;
    }

    @Override
    public Future<Void> start(ProviderDefinition definition, LoadedPlugin plugin) {
      String old = deployments.get(definition.id());
      return vertx
          .deployVerticle(
              new ProviderVerticle(definition, plugin),
              new DeploymentOptions().setClassLoader(plugin.classLoader()))
          .onSuccess(deployment -> deployments.put(definition.id(), deployment))
          .compose(deployment -> old == null ? Future.succeededFuture() : vertx.undeploy(old));
    }

    @Override
    public Future<Void> stop(String providerId) {
      return vertx.undeploy(deployments.remove(providerId));
    }

    @Override
    public void refused(Refusal refusal) {
      throw new AssertionError(refusal);
    }
  }

  private static final class ProviderVerticle extends VerticleBase {
    private final ProviderDefinition definition;
    private final LoadedPlugin plugin;
    private Provider provider;

    private ProviderVerticle(ProviderDefinition definition, LoadedPlugin plugin) {
      this.definition = definition;
      this.plugin = plugin;
    }

    @Override
    public Future<?> start() {
      ConfigReader config = new ConfigReader(definition.config(), "config.");
      provider =
          plugin
              .factory()
              .create(new ProviderContext(definition.id(), vertx, config, Clock.systemUTC(), null));
      return provider.check();
    }

    @Override
    public Future<?> stop() {
      return provider.close();
    }
  }

  private static void done(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Test
  void replacedAndRemovedPluginsAreCollected() throws Exception {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    startEventLoops(vertx);
    Path dir = Files.createDirectories(temp.resolve("plugins"));
    PluginFolder folder =
        new PluginFolder(
            PluginFolderSettings.of(dir, temp.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofSeconds(10)),
            new DeployingGateway(vertx));
    try {
      Path jar = PluginSource.plugin("mail", "1.0").moveTo(dir.resolve("mail.jar"));
      Files.writeString(dir.resolve("a.yaml"), "plugin: mail\n");
      done(folder.start());
      LeakDetector leaks = folder.leakDetector();
      for (int i = 1; i <= 3; i++) {
        String version = "2." + i;
        PluginSource.plugin("mail", version).moveTo(jar);
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () ->
                    folder.plugins().size() == 1
                        && folder.plugins().get(0).version().equals(version)
                        && folder.plugins().get(0).providers().contains("a"));
      }
      Files.delete(jar);
      await().atMost(Duration.ofSeconds(60)).until(() -> folder.plugins().isEmpty());
      collectUntil(() -> leaks.uncollected() == 0);
      assertThat(leaks.leaked()).isZero();
    } finally {
      done(folder.unload());
      done(vertx.close());
    }
  }

  @Test
  void countsALoaderThatIsHeldAndStopsWhenItIsNot() throws Exception {
    LeakDetector leaks = new LeakDetector();
    // So that none is due by itself before nothing is proven.
    System.gc();
    ClassLoader[] held = {CanaryClassLoader.create()};
    leaks.watch(jar("1.0"), held[0]);
    leaks.watch(jar("2.0"), CanaryClassLoader.create());
    assertThat(leaks.leaked()).as("before any collection nothing is proven").isZero();
    collectUntil(() -> leaks.leaked() == 1);
    assertThat(leaks.leaks()).as("not looked at yet").isEmpty();
    leaks.inspect();
    Leak leak = leaks.leaks().get(0);
    assertThat(leak.version()).isEqualTo("1.0");
    assertThat(leak.holders()).isEmpty();
    assertThat(leak.text()).contains("a heap dump shows it", "plugin mail 1.0");
    assertThat(leaks.uncollected()).isEqualTo(1);
    held[0] = null;
    collectUntil(() -> leaks.leaked() == 0);
    assertThat(leaks.uncollected()).isZero();
    assertThat(leaks.leaks()).isEmpty();
    assertThat(leaks.unloads()).isEqualTo(2);
  }

  private static PluginJar jar(String version) {
    return new PluginJar(Path.of("mail.jar"), "mail", version, "1", "acme.Factory", version);
  }

  @Test
  void asksForACollectionOnlyWhenTheProofIsDue() {
    AtomicLong now = new AtomicLong();
    AtomicInteger asked = new AtomicInteger();
    LeakDetector leaks = new LeakDetector(now::get, asked::incrementAndGet);
    ClassLoader held = CanaryClassLoader.create();
    leaks.watch(jar("1.0"), held);
    now.addAndGet(Duration.ofHours(1).toNanos());
    leaks.inspect();
    assertThat(asked).as("it was not told to").hasValue(0);

    leaks.proveWithin(Duration.ofMinutes(1));
    leaks.watch(jar("2.0"), held);
    leaks.inspect();
    assertThat(asked).as("too early").hasValue(0);
    for (int i = 0; i < 100; i++) {
      now.addAndGet(Duration.ofMinutes(1).toNanos());
      leaks.inspect();
    }
    assertThat(asked).as("three times for each unload").hasValue(3);
    assertThat(held).isNotNull();
  }

  /** A thread that a plugin's deployment started would hold the plugin's loader for ever. */
  private static void startEventLoops(Vertx vertx) throws Exception {
    for (int i = 0; i < 2; i++) {
      Promise<Void> ran = Promise.promise();
      ((VertxInternal) vertx).createEventLoopContext().runOnContext(v -> ran.complete());
      done(ran.future());
    }
  }

  private static void collectUntil(Callable<Boolean> condition) {
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              System.gc();
              return condition.call();
            });
  }
}
