package io.signalbox.spi;

/**
 * Makes providers of one plugin. A plugin's jar names one implementation, with a public constructor
 * without parameters, in {@code META-INF/services/io.signalbox.spi.ProviderFactory}.
 */
public interface ProviderFactory {

  /** {@return what the plugin is and can do} Constant. */
  PluginDescriptor descriptor();

  /**
   * Makes a provider from its configuration. Reads the configuration through {@link
   * ProviderContext#config()}, which collects all mistakes, and must not open connections yet.
   *
   * @param context its configuration, and what it may use of the gateway
   * @return the provider, without connections
   * @throws ConfigException with every mistake of the configuration
   */
  Provider create(ProviderContext context);
}
