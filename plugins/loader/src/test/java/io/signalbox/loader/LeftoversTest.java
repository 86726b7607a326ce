package io.signalbox.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.util.concurrent.DefaultEventExecutor;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What plugins leave behind in the process: removed when they are unloaded, or named. The rows of
 * the table in docs/plugins.md.
 */
class LeftoversTest {
  /** Keeps a plugin's object where nobody looks. */
  static final String SHARED = "signalbox.test.leftovers";

  private static final String THINGS =
      """
      package acme;
      import java.lang.management.ManagementFactory;
      import java.sql.*;
      import java.util.*;
      import java.util.concurrent.*;
      import java.util.logging.*;
      import javax.management.*;
      public final class Things {
        static final ThreadLocal<Object> LOCAL = new ThreadLocal<>();
        static final io.netty.util.concurrent.FastThreadLocal<Object> FAST =
            new io.netty.util.concurrent.FastThreadLocal<>();
        public interface BeanMBean { }
        public static final class Bean implements BeanMBean { }
        public static final class Bundle extends ListResourceBundle {
          @Override protected Object[][] getContents() { return new Object[][] {{"a", "b"}}; }
        }
        static final class Own extends java.security.Provider {
          Own() { super("AcmeProvider", "1", "for a test"); }
        }
        static final class Sink extends Handler {
          @Override public void publish(LogRecord record) { }
          @Override public void flush() { }
          @Override public void close() { }
        }
        static final class MailDriver implements Driver {
          @Override public Connection connect(String url, Properties info) { return null; }
          @Override public boolean acceptsURL(String url) { return false; }
          @Override public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
          }
          @Override public int getMajorVersion() { return 1; }
          @Override public int getMinorVersion() { return 0; }
          @Override public boolean jdbcCompliant() { return false; }
          @Override public java.util.logging.Logger getParentLogger() { return null; }
        }
        static void leave(String what) {
          try {
            doLeave(what);
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        }
        private static void doLeave(String what) throws Exception {
          switch (what) {
            case "driver" -> DriverManager.registerDriver(new MailDriver());
            case "bean" -> ManagementFactory.getPlatformMBeanServer()
                .registerMBean(new Bean(), new ObjectName("acme:type=Bean"));
            case "property" -> System.getProperties().put("acme.kept", new Bean());
            case "provider" -> java.security.Security.addProvider(new Own());
            case "handler" -> java.util.logging.Logger.getLogger("").addHandler(new Sink());
            case "authenticator" -> java.net.Authenticator.setDefault(
                new java.net.Authenticator() { });
            case "bundle" -> ResourceBundle.getBundle("acme.Things$Bundle", Locale.ROOT,
                Things.class.getClassLoader());
            case "introspector" -> java.beans.Introspector.getBeanInfo(Bean.class);
            case "sleeper" -> new Thread(Things::sleep, "acme-sleeper").start();
            case "timer" -> new java.util.Timer("acme-timer", true).schedule(
                new TimerTask() { @Override public void run() { } }, 100_000, 100_000);
            case "thread_local" -> LOCAL.set(new Bean());
            case "hook" -> Runtime.class.getMethod("addShutdownHook", Thread.class)
                .invoke(Runtime.getRuntime(), new Thread(Things::sleep, "acme-hook"));
            case "spinner" -> new Thread(Things::spin, "acme-spinner").start();
            case "pool_local" -> shared().submit(() -> LOCAL.set(new Bean())).get();
            case "netty_local" -> shared().submit(() -> FAST.set(new Bean())).get();
            default -> throw new IllegalArgumentException(what);
          }
        }
        private static ExecutorService shared() {
          return (ExecutorService) System.getProperties().get("signalbox.test.leftovers");
        }
        private static void sleep() {
          try { Thread.sleep(100_000); } catch (InterruptedException e) { return; }
        }
        private static void spin() {
          while (System.getProperties().containsKey("signalbox.test.leftovers")) {
            Thread.onSpinWait();
          }
        }
      }
      """;

  @TempDir Path temp;
  private PluginFolder folder;
  private Path jar;

  @BeforeEach
  void makeFolder() throws Exception {
    Path dir = Files.createDirectories(temp.resolve("plugins"));
    jar = dir.resolve("mail.jar");
    folder =
        new PluginFolder(
            PluginFolderSettings.of(dir, temp.resolve("data"))
                .withTimes(Duration.ofMillis(50), Duration.ZERO, Duration.ofSeconds(5)),
            new FakeGateway());
  }

  @AfterEach
  void unload() throws Exception {
    System.getProperties().remove(SHARED);
    folder.unload().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private void loadAndRemove(String deed) throws Exception {
    PluginSource.plugin("mail", "1.0")
        .type(
            "acme.Factory",
            PluginSource.factory("mail", "1.0", "Things.leave(\"" + deed + "\");", ""))
        .type("acme.Things", THINGS)
        .moveTo(jar);
    folder.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    assertThat(folder.plugins()).first().extracting(PluginStatus::detail).isEqualTo("");
    Files.delete(jar);
    // Awaitility puts the handler of uncaught exceptions back that it found.
    await()
        .atMost(Duration.ofSeconds(60))
        .dontCatchUncaughtExceptions()
        .until(() -> folder.leakDetector().unloads() == 1);
  }

  @ParameterizedTest
  @CsvSource({
    "driver",
    "bean",
    "property",
    "provider",
    "handler",
    "authenticator",
    "bundle",
    "introspector",
    "sleeper",
    "thread_local",
    "hook"
  })
  void isRemoved(String deed) throws Exception {
    loadAndRemove(deed);
    collectUntil(() -> folder.leakDetector().uncollected() == 0);
    assertThat(folder.plugins()).isEmpty();
    assertThat(ManagementFactory.getPlatformMBeanServer().queryNames(null, null))
        .noneMatch(name -> name.getDomain().equals("acme"));
  }

  @Test
  void aThreadThatComputesIsNamedWithItsPlace() throws Exception {
    System.getProperties().put(SHARED, "held");
    loadAndRemove("spinner");
    named("thread \"acme-spinner\", which ", "is at acme.Things.", "(Things.java:");
    System.getProperties().remove(SHARED);
    goesAfterAll();
  }

  @Test
  void aTimerIsNamed() throws Exception {
    loadAndRemove("timer");
    named("thread \"acme-timer\", which ", "has its class loader as context class loader");
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("acme-timer"))
        .forEach(thread -> thread.setContextClassLoader(null));
  }

  @Test
  void aThreadLocalOfASharedThreadIsNamed() throws Exception {
    // Started here, so that nothing else of the thread is the plugin's.
    ExecutorService shared = Executors.newSingleThreadExecutor(r -> new Thread(r, "shared-pool"));
    try {
      shared.submit(() -> {}).get();
      System.getProperties().put(SHARED, shared);
      loadAndRemove("pool_local");
      named(
          "thread \"shared-pool\", which keeps an object of the class acme.Things$Bean in a"
              + " thread local");
    } finally {
      shared.shutdownNow();
    }
    goesAfterAll();
  }

  @Test
  void aThreadLocalOfNettyIsNamed() throws Exception {
    DefaultEventExecutor shared = new DefaultEventExecutor();
    try {
      shared.submit(() -> Thread.currentThread().setName("shared-loop")).get();
      System.getProperties().put(SHARED, shared);
      loadAndRemove("netty_local");
      named(
          "thread \"shared-loop\", which keeps an object of the class acme.Things$Bean in a"
              + " FastThreadLocal");
    } finally {
      shared.shutdownGracefully(0, 1, TimeUnit.SECONDS).get();
    }
    goesAfterAll();
  }

  private void named(String... parts) {
    collectUntil(() -> !folder.leakDetector().leaks().isEmpty());
    Leak leak = folder.leakDetector().leaks().get(0);
    assertThat(leak.name()).isEqualTo("mail");
    assertThat(leak.text()).startsWith("unloaded, and still in memory, held by ").contains(parts);
    assertThat(folder.plugins()).isEmpty();
  }

  private void goesAfterAll() {
    collectUntil(() -> folder.leakDetector().uncollected() == 0);
    assertThat(folder.leakDetector().leaks()).isEmpty();
  }

  private void collectUntil(Callable<Boolean> condition) {
    await()
        .dontCatchUncaughtExceptions()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              System.gc();
              folder.rescan();
              return condition.call();
            });
  }
}
