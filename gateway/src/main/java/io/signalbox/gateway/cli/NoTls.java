package io.signalbox.gateway.cli;

import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * For calls that go without TLS: the JDK's client wants a context all the same, and to make one of
 * the JDK's takes a third of a second, for its list of authorities and the trial of every cipher.
 * With this one no connection by TLS can be made.
 */
final class NoTls extends SSLContextSpi {
  private NoTls() {}

  /** The context. */
  static SSLContext context() {
    return new Context(new NoTls());
  }

  private static final class Context extends SSLContext {
    Context(NoTls none) {
      super(none, null, "none");
    }
  }

  private static UnsupportedOperationException refused() {
    return new UnsupportedOperationException("this call goes without TLS");
  }

  @Override
  protected SSLParameters engineGetDefaultSSLParameters() {
    return new SSLParameters(new String[0], new String[] {"TLSv1.3"});
  }

  @Override
  protected SSLParameters engineGetSupportedSSLParameters() {
    return engineGetDefaultSSLParameters();
  }

  @Override
  protected void engineInit(KeyManager[] own, TrustManager[] trust, SecureRandom random) {
    throw refused();
  }

  @Override
  protected SSLSocketFactory engineGetSocketFactory() {
    throw refused();
  }

  @Override
  protected SSLServerSocketFactory engineGetServerSocketFactory() {
    throw refused();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine() {
    throw refused();
  }

  @Override
  protected SSLEngine engineCreateSSLEngine(String host, int port) {
    throw refused();
  }

  @Override
  protected SSLSessionContext engineGetServerSessionContext() {
    throw refused();
  }

  @Override
  protected SSLSessionContext engineGetClientSessionContext() {
    throw refused();
  }
}
