package io.signalbox.gateway.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An authority in a folder: {@code ca.pem} and {@code ca.key}. It vouches for one server, {@code
 * server.pem} and {@code server.key}, and by its constraints for nobody outside of the domains that
 * it was made for. An authority that is there is never replaced. Blocks.
 */
public final class PrivateAuthority {
  private static final Duration LIFE = Duration.ofDays(1_825);

  /** The longest that all clients take. */
  private static final Duration SERVERS_LIFE = Duration.ofDays(397);

  /** For clients whose clocks are behind. */
  private static final Duration BEFORE = Duration.ofHours(1);

  private final Path folder;
  private final Clock clock;
  private final Certificates certificates;

  /**
   * Reads nothing yet.
   *
   * @param folder where its files are; made if it is not there
   * @param clock wall time
   */
  public PrivateAuthority(Path folder, Clock clock, SecureRandom random) {
    this.folder = folder;
    this.clock = clock;
    this.certificates = new Certificates(random);
  }

  /**
   * What is in the folder now.
   *
   * @param authority what applications trust
   * @param isNew whether it was not there before
   * @param server what the server shows
   */
  public record Made(X509Certificate authority, boolean isNew, X509Certificate server) {}

  /**
   * Makes a certificate for a server, with a key of its own, and the authority if there is none.
   *
   * @param domains what a new authority may vouch for: these names, and all under them
   * @param hosts names of the server; {@code *.} may stand before one
   * @throws IOException if a file cannot be read or written, or the authority that is there cannot
   *     do it; says what would help
   */
  public Made vouch(Collection<String> domains, Collection<String> hosts) throws IOException {
    Instant now = clock.instant();
    Files.createDirectories(folder);
    boolean isNew = !isThere();
    if (isNew) {
      make(domains, now);
    }
    X509Certificate authority = PemFiles.certificate(authorityFile());
    PrivateKey secret = PemFiles.key(secretFile());
    check(authority, secret, now);
    KeyPair keys = certificates.keys();
    X509Certificate server = server(authority, secret, keys, hosts, now);
    if (!Vouching.covers(authority, server)) {
      List<String> outside = new ArrayList<>();
      for (String host : hosts) {
        if (!Vouching.covers(authority, server(authority, secret, keys, List.of(host), now))) {
          outside.add(host);
        }
      }
      throw new IOException(
          authorityFile()
              + " may not vouch for "
              + String.join(", ", outside)
              + "; take another folder for a new authority");
    }
    PemFiles.write(keyFile(), keys.getPrivate());
    PemFiles.write(serverFile(), server);
    return new Made(authority, isNew, server);
  }

  /** The authority's certificate, which applications trust. */
  public Path authorityFile() {
    return folder.resolve("ca.pem");
  }

  /** The authority's key, which nobody but this class needs. */
  public Path secretFile() {
    return folder.resolve("ca.key");
  }

  /** The server's certificate. */
  public Path serverFile() {
    return folder.resolve("server.pem");
  }

  /** The server's key. */
  public Path keyFile() {
    return folder.resolve("server.key");
  }

  private boolean isThere() throws IOException {
    boolean certificate = Files.exists(authorityFile());
    boolean secret = Files.exists(secretFile());
    if (certificate != secret) {
      throw new IOException(
          (certificate ? authorityFile() : secretFile())
              + " is there without "
              + (certificate ? secretFile() : authorityFile()).getFileName()
              + "; bring that back, or take another folder for a new authority");
    }
    return certificate;
  }

  private void make(Collection<String> domains, Instant now) throws IOException {
    KeyPair keys = certificates.keys();
    byte[] name = Certificates.name("Signalbox private authority of " + now);
    X509Certificate made =
        certificates.make(
            name,
            keys.getPrivate(),
            name,
            keys.getPublic(),
            now.minus(BEFORE),
            now.plus(LIFE),
            Extensions.ofAuthority(keys.getPublic(), domains));
    PemFiles.write(secretFile(), keys.getPrivate());
    PemFiles.write(authorityFile(), made);
  }

  private void check(X509Certificate authority, PrivateKey secret, Instant now) throws IOException {
    if (!now.isBefore(authority.getNotAfter().toInstant())) {
      throw new IOException(
          authorityFile() + " has expired; take another folder for a new authority");
    }
    if (authority.getBasicConstraints() < 0 || !belongTogether(authority, secret)) {
      throw new IOException(secretFile() + " is not the key of an authority in " + authorityFile());
    }
  }

  private static boolean belongTogether(X509Certificate authority, PrivateKey secret) {
    byte[] probe = authority.getSignature();
    try {
      Signature signer = Signature.getInstance("SHA256withECDSA");
      signer.initSign(secret);
      signer.update(probe);
      Signature verifier = Signature.getInstance("SHA256withECDSA");
      verifier.initVerify(authority.getPublicKey());
      verifier.update(probe);
      return verifier.verify(signer.sign());
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private X509Certificate server(
      X509Certificate authority,
      PrivateKey secret,
      KeyPair keys,
      Collection<String> hosts,
      Instant now) {
    return certificates.make(
        authority.getSubjectX500Principal().getEncoded(),
        secret,
        Certificates.name("Signalbox, in providers' names"),
        keys.getPublic(),
        now.minus(BEFORE),
        earlier(now.plus(SERVERS_LIFE), authority.getNotAfter().toInstant()),
        Extensions.ofServer(keys.getPublic(), authority.getPublicKey(), hosts));
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
