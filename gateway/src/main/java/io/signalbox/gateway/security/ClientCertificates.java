package io.signalbox.gateway.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who shows a certificate, by a file that is read again each second: who is taken out of
 * it is refused from then on, also on a connection that is open. While the file cannot be used, the
 * last one counts. That a certificate is good was verified when its connection began; that it has
 * not ended since is looked at each time. Thread-safe.
 */
public final class ClientCertificates {
  private static final Logger LOG = LoggerFactory.getLogger(ClientCertificates.class);
  private static final long LOOK_MILLIS = 1_000;
  private static final int REMEMBERED = 10_000;

  private final Vertx vertx;
  private final Optional<Path> file;
  private final Clock clock;
  private final Cache<X509Certificate, List<String>> names =
      Caffeine.newBuilder().maximumSize(REMEMBERED).build();
  private volatile CertificateCallers callers;
  private volatile long timer = -1;
  private volatile boolean looking;
  private volatile String told = "";

  private ClientCertificates(
      Vertx vertx, Optional<Path> file, Clock clock, CertificateCallers callers) {
    this.vertx = vertx;
    this.file = file;
    this.clock = clock;
    this.callers = callers;
  }

  /**
   * Reads the file.
   *
   * @param file empty: nobody is known by a certificate
   * @param clock wall time
   * @return fails with an {@link IOException} if it cannot be used
   */
  public static Future<ClientCertificates> open(Vertx vertx, Optional<Path> file, Clock clock) {
    return vertx
        .executeBlocking(() -> read(file))
        .map(first -> new ClientCertificates(vertx, file, clock, first).begin());
  }

  private static CertificateCallers read(Optional<Path> file) throws IOException {
    return file.isPresent() ? CertificateCallers.read(file.get()) : CertificateCallers.NONE;
  }

  /** Looks at the file no more. */
  public void close() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
  }

  /**
   * Whose certificate it is.
   *
   * @return complete at once; fails with a {@link SignInException}
   */
  Future<Caller> verify(X509Certificate certificate) {
    List<String> its = names.get(certificate, CertificateNames::of);
    return Optional.of(its)
        .filter(names -> isValidNow(certificate))
        .flatMap(callers::find)
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                Future.failedFuture(
                    new SignInException(
                        SignInFailure.CERTIFICATE, its.isEmpty() ? null : its.get(0))));
  }

  /** Connections can last longer than certificates, and sessions that are resumed even longer. */
  private boolean isValidNow(X509Certificate certificate) {
    Instant now = clock.instant();
    return !now.isBefore(certificate.getNotBefore().toInstant())
        && !now.isAfter(certificate.getNotAfter().toInstant());
  }

  /**
   * Whether a TLS handshake failed because of the certificate that a client showed, or because it
   * showed none.
   */
  public static boolean isRefusal(Throwable handshake) {
    Throwable cause = handshake;
    while (cause != null) {
      // What the client says of our certificate comes as an alert, without a cause.
      if (cause instanceof CertificateException
          || String.valueOf(cause.getMessage()).contains("client certificate")) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  private ClientCertificates begin() {
    if (file.isPresent()) {
      timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look());
    }
    return this;
  }

  private void look() {
    if (looking) {
      return;
    }
    looking = true;
    vertx
        .executeBlocking(() -> read(file))
        .onComplete(
            (read, failure) -> {
              looking = false;
              if (read != null && !read.equals(callers)) {
                callers = read;
                LOG.info("{} callers are known by their certificates", read.byName().size());
              }
              tell(failure);
            });
  }

  /** Says the same thing once. */
  private void tell(@Nullable Throwable failure) {
    String now = failure == null ? "" : String.valueOf(failure.getMessage());
    if (!now.isEmpty() && !now.equals(told)) {
      LOG.warn("the last callers with certificates stay known: {}", now);
    }
    told = now;
  }
}
