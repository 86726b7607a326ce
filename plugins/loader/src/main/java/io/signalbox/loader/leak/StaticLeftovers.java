package io.signalbox.loader.leak;

import java.lang.management.ManagementFactory;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.ResponseCache;
import java.security.Provider;
import java.security.Security;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** Finds what a plugin left in registries of the JDK that last as long as the process. */
final class StaticLeftovers {
  private final Belongings belongings;
  private final List<Leftover> found = new ArrayList<>();

  StaticLeftovers(Belongings belongings) {
    this.belongings = belongings;
  }

  List<Leftover> find() {
    systemProperties();
    securityProviders();
    managementBeans();
    loggers();
    defaults();
    return found;
  }

  private void add(@Nullable Object value, String where, Leftover.Removal removal) {
    belongings.in(value).ifPresent(what -> found.add(new Leftover(where + ": " + what, removal)));
  }

  private void systemProperties() {
    for (Map.Entry<Object, Object> entry : Map.copyOf(System.getProperties()).entrySet()) {
      Object key = entry.getKey();
      Leftover.Removal removal = () -> System.getProperties().remove(key);
      add(entry.getValue(), "the system property " + key, removal);
    }
  }

  private void securityProviders() {
    for (Provider provider : Security.getProviders()) {
      String name = provider.getName();
      add(provider, "the security provider " + name, () -> Security.removeProvider(name));
    }
  }

  private void managementBeans() {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (ObjectName name : server.queryNames(null, null)) {
      if (loaderOf(server, name) == belongings.loader()) {
        found.add(new Leftover("the management bean " + name, () -> server.unregisterMBean(name)));
      }
    }
  }

  private static @Nullable ClassLoader loaderOf(MBeanServer server, ObjectName name) {
    try {
      return server.getClassLoaderFor(name);
    } catch (InstanceNotFoundException e) {
      return null; // It has just gone.
    }
  }

  private void loggers() {
    LogManager manager = LogManager.getLogManager();
    for (String name : Collections.list(manager.getLoggerNames())) {
      Logger logger = manager.getLogger(name);
      if (logger != null) {
        inLogger(logger);
      }
    }
  }

  private void inLogger(Logger logger) {
    String where = "of the java.util.logging logger \"" + logger.getName() + "\"";
    add(logger.getFilter(), "the filter " + where, () -> logger.setFilter(null));
    for (Handler handler : logger.getHandlers()) {
      add(handler, "a handler " + where, () -> logger.removeHandler(handler));
    }
  }

  /** What the JDK asks when nobody says otherwise. */
  private void defaults() {
    add(
        Thread.getDefaultUncaughtExceptionHandler(),
        "the default handler of uncaught exceptions",
        () -> Thread.setDefaultUncaughtExceptionHandler(null));
    add(Authenticator.getDefault(), "the Authenticator", () -> Authenticator.setDefault(null));
    add(CookieHandler.getDefault(), "the CookieHandler", () -> CookieHandler.setDefault(null));
    add(ResponseCache.getDefault(), "the ResponseCache", () -> ResponseCache.setDefault(null));
    add(ProxySelector.getDefault(), "the ProxySelector", () -> ProxySelector.setDefault(null));
  }
}
