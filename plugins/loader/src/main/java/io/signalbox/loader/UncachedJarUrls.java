package io.signalbox.loader;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;

/**
 * Makes URLs into a jar that are read without the JVM's cache of open jars: that cache would keep
 * the jar's file open after the plugin was unloaded.
 */
final class UncachedJarUrls extends URLStreamHandler {
  private static final UncachedJarUrls HANDLER = new UncachedJarUrls();

  private UncachedJarUrls() {}

  /** The same address, read without the cache. */
  static URL of(URL url) {
    try {
      return new URL(null, url.toExternalForm(), HANDLER);
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("cannot happen for the form of a URL: " + url, e);
    }
  }

  @Override
  protected URLConnection openConnection(URL url) throws IOException {
    URLConnection connection = new URL(url.toExternalForm()).openConnection();
    connection.setUseCaches(false);
    return connection;
  }
}
