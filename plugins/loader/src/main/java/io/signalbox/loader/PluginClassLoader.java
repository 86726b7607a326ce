package io.signalbox.loader;

import io.signalbox.loader.check.SharedPackages;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one plugin.
 *
 * <p>Where a class comes from: those of the {@link SharedPackages} from the gateway only, so that
 * they are the same types on both sides; those of the JDK from the platform loader; all else from
 * the plugin's jar only. So two plugins may hold different versions of a library, and no plugin
 * sees a class of the gateway. Resources, and with them services, are the jar's own only.
 *
 * <p>This isolates versions; it is no defence against hostile code.
 */
final class PluginClassLoader extends URLClassLoader {
  private final String plugin;
  private final ClassLoader gateway;

  static {
    ClassLoader.registerAsParallelCapable();
  }

  /**
   * Opens a jar.
   *
   * @param plugin name and version, for messages
   * @param gateway loader of the shared packages
   */
  PluginClassLoader(String plugin, Path jar, ClassLoader gateway) throws MalformedURLException {
    super(
        PluginClasses.LOADER_PREFIX + plugin,
        new URL[] {jar.toUri().toURL()},
        getPlatformClassLoader());
    this.plugin = plugin;
    this.gateway = gateway;
  }

  /** Defines a class of the gateway's once more, as one of the plugin's. */
  Class<?> define(String name, byte[] code) {
    return defineClass(name, code, 0, code.length);
  }

  /** Name and version of the plugin. */
  String plugin() {
    return plugin;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> type = findLoadedClass(name);
      if (type == null) {
        type = find(name);
      }
      if (resolve) {
        resolveClass(type);
      }
      return type;
    }
  }

  private Class<?> find(String name) throws ClassNotFoundException {
    if (SharedPackages.of(name).isPresent()) {
      return gateway.loadClass(name);
    }
    // javax: the JDK's where it has the class; some javax packages are ordinary libraries, though.
    if (SharedPackages.isJdkOnly(name) || name.startsWith("javax.")) {
      Class<?> type = findInJdk(name);
      return type != null ? type : findOwn(name);
    }
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      Class<?> type = findInJdk(name);
      if (type != null) {
        return type;
      }
      throw notFound(name, e);
    }
  }

  private Class<?> findOwn(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      throw notFound(name, e);
    }
  }

  private static @Nullable Class<?> findInJdk(String name) {
    try {
      return getPlatformClassLoader().loadClass(name);
    } catch (ClassNotFoundException e) {
      return null; // The caller looks elsewhere, or says what is missing.
    }
  }

  private ClassNotFoundException notFound(String name, ClassNotFoundException cause) {
    String resource = name.replace('.', '/') + ".class";
    String why =
        gateway.getResource(resource) != null
            ? " is a class of the gateway, which plugins cannot see: plugin "
                + plugin
                + " must use the SPI instead, or pack a copy of its own"
            : " is not in the jar of plugin " + plugin + ": pack the dependency that brings it";
    return new ClassNotFoundException(name + why, cause);
  }

  /** A resource of the jar; never one of the gateway or of the JDK. */
  @Override
  public @Nullable URL getResource(String name) {
    return findResource(name);
  }

  /** Resources of the jar; never those of the gateway, so services are the plugin's own. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    return findResources(name);
  }

  @Override
  public @Nullable URL findResource(String name) {
    URL url = super.findResource(name);
    return url == null ? null : UncachedJarUrls.of(url);
  }

  @Override
  public Enumeration<URL> findResources(String name) throws IOException {
    List<URL> urls = new ArrayList<>();
    for (URL url : Collections.list(super.findResources(name))) {
      urls.add(UncachedJarUrls.of(url));
    }
    return Collections.enumeration(urls);
  }
}
