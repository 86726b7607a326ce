package io.signalbox.gateway.cli;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** Which servers a command trusts. Blocks. */
final class ClientTls {
  private ClientTls() {}

  /** Servers whose certificate is of an authority in the PEM file, and names them. */
  static SSLContext trusting(Path file, KeyManager... own) {
    try {
      KeyStore authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      int count = 0;
      for (Certificate each : certificates(file)) {
        authorities.setCertificateEntry(Integer.toString(count++), each);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(authorities);
      return context(own, trust.getTrustManagers());
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  /**
   * The server that shows the first certificate of the file, by whatever name it is called: for the
   * one whose own configuration is at hand.
   */
  static SSLContext ownServer(Path file, KeyManager... own) {
    try {
      return context(own, new OwnServer(certificates(file).iterator().next()));
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file)
      throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(file)) {
      Collection<? extends Certificate> found =
          CertificateFactory.getInstance("X.509").generateCertificates(in);
      if (found.isEmpty()) {
        throw new IOException("it holds no CERTIFICATE");
      }
      return found;
    }
  }

  /** Servers of an authority that the JDK knows. */
  static SSLContext ofTheJdk(KeyManager... own) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own, null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new CommandFailure(ExitCodes.FAILED, "TLS cannot be had: " + e.getMessage());
    }
  }

  /** A certificate to show, with its key, from PEM files; none without files. */
  static KeyManager[] own(@Nullable Path certificate, @Nullable Path key) {
    if (certificate == null && key == null) {
      return new KeyManager[0];
    }
    if (certificate == null || key == null) {
      throw new CommandFailure(ExitCodes.BAD_DATA, "--cert-file and --key-file go together");
    }
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setWorkerPoolSize(1));
    try {
      return new PemKeyCertOptions()
          .addCertValue(Buffer.buffer(Files.readAllBytes(certificate)))
          .addKeyValue(Buffer.buffer(Files.readAllBytes(key)))
          .getKeyManagerFactory(vertx)
          .getKeyManagers();
    } catch (Exception e) {
      throw new CommandFailure(
          ExitCodes.BAD_DATA, certificate + " and " + key + " cannot be used as a certificate");
    } finally {
      Waiting.upTo(Duration.ofSeconds(5), vertx.close());
    }
  }

  private static SSLContext context(KeyManager[] own, TrustManager... trust)
      throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(own, trust, null);
    return context;
  }

  private static CommandFailure unusable(Path file, Exception failure) {
    return new CommandFailure(
        ExitCodes.BAD_DATA, file + " cannot be used as certificates: " + failure.getMessage());
  }

  /** Asks nothing but that the certificate is the one that is known. */
  private static final class OwnServer extends X509ExtendedTrustManager {
    private final Certificate known;

    OwnServer(Certificate known) {
      this.known = known;
    }

    private void check(X509Certificate... chain) throws CertificateException {
      if (chain.length == 0 || !known.equals(chain[0])) {
        throw new CertificateException("the server shows another certificate than its file has");
      }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
        throws CertificateException {
      throw new CertificateException("this is no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
