package io.signalbox.testkit;

import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A self-signed certificate for 127.0.0.1 that the JDK's keytool makes anew for a test, so that no
 * key lies in the sources.
 *
 * @param keyStore PKCS 12, with the key
 * @param pem the certificate alone, for those who shall trust it
 */
public record TestCertificate(Path keyStore, Path pem) {
  private static final String PASSWORD = "for-tests-only";
  private static final String ALIAS = "server";
  private static final String KEY_FILE = "server.key";

  /** Makes one, with its files in the folder. */
  public static TestCertificate create(Path folder) {
    return create(folder, "CN=127.0.0.1", "ip:127.0.0.1");
  }

  /**
   * Makes one of somebody else, with its files in the folder.
   *
   * @param subject its distinguished name, such as {@code CN=shop}
   * @param names its alternative names as keytool writes them, such as {@code dns:shop.example}
   */
  public static TestCertificate create(Path folder, String subject, String names) {
    Path store = folder.resolve("server.p12");
    Path pem = folder.resolve("server.pem");
    try {
      run(command(store, subject, names));
      KeyStore keys = KeyStore.getInstance("PKCS12");
      try (InputStream in = Files.newInputStream(store)) {
        keys.load(in, PASSWORD.toCharArray());
      }
      writePem(pem, "CERTIFICATE", keys.getCertificate(ALIAS).getEncoded());
      writePem(
          folder.resolve(KEY_FILE),
          "PRIVATE KEY",
          keys.getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the new key store cannot be read", e);
    }
    return new TestCertificate(store, pem);
  }

  /** For the server's side. */
  public PfxOptions options() {
    return new PfxOptions().setPath(keyStore.toString()).setPassword(PASSWORD);
  }

  /** PEM file of its private key, for servers that are no Java. */
  public Path pemKey() {
    return pem.resolveSibling(KEY_FILE);
  }

  private static void writePem(Path file, String title, byte[] der) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    Files.writeString(
        file, "-----BEGIN " + title + "-----\n" + text + "\n-----END " + title + "-----\n");
  }

  private static List<String> command(Path store, String subject, String names) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        ALIAS,
        "-keyalg",
        "EC",
        "-groupname",
        "secp256r1",
        "-dname",
        subject,
        "-ext",
        "SAN=" + names,
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        store.toString());
  }

  private static void run(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while keytool ran", e);
    } finally {
      process.destroy();
    }
  }
}
