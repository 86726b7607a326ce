package io.signalbox.spi;

/**
 * Makes providers of one plugin. A plugin's jar names one implementation, with a public constructor
 * without parameters, in {@code META-INF/services/io.signalbox.spi.ProviderFactory}.
 */
public interface ProviderFactory {

  /** What the plugin is and can do. Constant. */
  PluginDescriptor descriptor();

  /**
   * Makes a provider from its configuration. Reads the configuration through {@link
   * ProviderContext#config()}, which collects all mistakes, and must not open connections yet.
   *
   * @throws ConfigException with every mistake of the configuration
   */
  Provider create(ProviderContext context);
}
