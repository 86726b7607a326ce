package io.signalbox.gateway.cli;

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
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Which servers a command trusts. Blocks. */
final class ClientTls {
  private ClientTls() {}

  /** Servers whose certificate is of an authority in the PEM file, and names them. */
  static SSLContext trusting(Path file) {
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
      return context(trust.getTrustManagers());
    } catch (IOException | GeneralSecurityException e) {
      throw unusable(file, e);
    }
  }

  /**
   * The server that shows the first certificate of the file, by whatever name it is called: for the
   * one whose own configuration is at hand.
   */
  static SSLContext ownServer(Path file) {
    try {
      return context(new OwnServer(certificates(file).iterator().next()));
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

  private static SSLContext context(TrustManager... trust) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust, null);
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
