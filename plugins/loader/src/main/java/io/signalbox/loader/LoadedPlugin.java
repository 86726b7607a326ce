package io.signalbox.loader;

import io.signalbox.loader.check.PluginJar;
import io.signalbox.loader.check.PluginRefusedException;
import io.signalbox.loader.leak.Leftovers;
import io.signalbox.spi.PluginDescriptor;
import io.signalbox.spi.ProviderFactory;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A plugin whose code is in memory.
 *
 * <p>The folder unloads it when no provider runs on it any more, nothing retains it, and its jar
 * was replaced or removed. After that it gives out neither factory nor class loader, so keeping
 * this object does not keep the plugin's classes. Thread-safe.
 */
public final class LoadedPlugin {
  private static final Duration LONGEST_LOAD = Duration.ofSeconds(20);

  private final PluginJar jar;
  private final PluginDescriptor descriptor;
  private final AtomicInteger uses = new AtomicInteger();
  private volatile @Nullable Code code;

  private record Code(PluginClassLoader loader, ProviderFactory factory) {}

  private LoadedPlugin(PluginJar jar, PluginDescriptor descriptor, Code code) {
    this.jar = jar;
    this.descriptor = descriptor;
    this.code = code;
  }

  /** Loads a verified jar and makes its factory, which runs code of the plugin. */
  static LoadedPlugin load(PluginJar jar, ClassLoader gateway)
      throws PluginRefusedException, IOException {
    PluginClassLoader loader = new PluginClassLoader(jar.title(), jar.path(), gateway);
    try {
      Code code =
          new Code(loader, PassingThread.call(loader, LONGEST_LOAD, () -> make(jar, loader)));
      PluginDescriptor descriptor =
          PassingThread.call(loader, LONGEST_LOAD, () -> code.factory().descriptor());
      Objects.requireNonNull(descriptor, "descriptor() returned null");
      if (!descriptor.name().equals(jar.name())) {
        throw new PluginRefusedException(
            "its manifest says Signalbox-Plugin: "
                + jar.name()
                + ", its descriptor says "
                + descriptor.name()
                + "; they must be the same");
      }
      return new LoadedPlugin(jar, descriptor, code);
    } catch (PluginRefusedException e) {
      loader.close();
      throw e;
    } catch (Exception | Error e) {
      // Whatever a plugin throws, be it a bare Error: it must not end the folder's thread.
      loader.close();
      throw new PluginRefusedException("its factory cannot be made: " + origin(e), e);
    }
  }

  /** What went wrong first: reflection, class initialisation and linking only wrap it. */
  private static Throwable origin(Throwable failure) {
    Throwable cause = failure.getCause();
    boolean wraps =
        failure instanceof InvocationTargetException
            || failure instanceof ExceptionInInitializerError
            || failure instanceof NoClassDefFoundError;
    return wraps && cause != null ? origin(cause) : failure;
  }

  private static ProviderFactory make(PluginJar jar, ClassLoader loader)
      throws ReflectiveOperationException, PluginRefusedException {
    String className = jar.factory();
    Class<?> type = Class.forName(className, true, loader);
    if (!ProviderFactory.class.isAssignableFrom(type)) {
      throw new PluginRefusedException("its factory " + className + " is no ProviderFactory");
    }
    return type.asSubclass(ProviderFactory.class).getConstructor().newInstance();
  }

  /** The plugin's name, such as {@code sendgrid}. */
  public String name() {
    return jar.name();
  }

  /** The plugin's version. */
  public String version() {
    return jar.version();
  }

  /** Name and version, for people. */
  public String title() {
    return jar.title();
  }

  /** Hash of the jar, lower-case hex. */
  public String sha256() {
    return jar.sha256();
  }

  /** What the plugin can do. */
  public PluginDescriptor descriptor() {
    return descriptor;
  }

  /**
   * Makes the plugin's providers.
   *
   * @throws IllegalStateException if the plugin was unloaded
   */
  public ProviderFactory factory() {
    return code().factory();
  }

  /**
   * The plugin's class loader. A thread that its code starts, or that is started while it is the
   * context class loader, inherits it and holds it for as long as that thread lives.
   *
   * @throws IllegalStateException if the plugin was unloaded
   */
  public ClassLoader classLoader() {
    return code().loader();
  }

  /**
   * Keeps the code in memory until {@link #release} was called as often as this. Call it from
   * {@link ProviderLifecycle#start}, before that returns, and release when nothing runs the code
   * any more. Thread-safe.
   */
  public void retain() {
    uses.incrementAndGet();
  }

  /** Undoes one {@link #retain}. Thread-safe. */
  public void release() {
    uses.decrementAndGet();
  }

  /** Whether something keeps it in memory. */
  boolean isRetained() {
    return uses.get() > 0;
  }

  /** The staged jar. */
  PluginJar jar() {
    return jar;
  }

  /** Forgets the code, clears up after it, and closes its jar; a second call does nothing. */
  void unload(LeakDetector leaks) throws IOException {
    Code unloaded = code;
    if (unloaded != null) {
      code = null;
      PluginClassLoader loader = unloaded.loader();
      Leftovers.remove(jar.title(), loader, loader::define);
      leaks.watch(jar, loader);
      loader.close();
    }
  }

  @Override
  public String toString() {
    return "LoadedPlugin[" + jar.title() + "]";
  }

  private Code code() {
    Code current = code;
    if (current == null) {
      throw new IllegalStateException("plugin " + jar.title() + " was unloaded");
    }
    return current;
  }
}
