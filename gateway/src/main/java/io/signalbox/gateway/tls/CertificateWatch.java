package io.signalbox.gateway.tls;

import io.signalbox.gateway.config.HttpSettings.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate in force. Its files are read again each second; what has changed and is good is
 * put in force, for new connections, without a restart. What is not good is told, and the last good
 * one stays. Thread-safe.
 */
public final class CertificateWatch {
  private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
  private static final long LOOK_MILLIS = 1_000;

  private final Vertx vertx;
  private final Tls files;
  private final Clock clock;
  private volatile ServerCertificate inForce;
  private volatile String problem = "";
  private String seenOnce = "";
  private boolean looking;
  private boolean closed;
  private long timer = -1;

  private CertificateWatch(Vertx vertx, Tls files, Clock clock, ServerCertificate first) {
    this.vertx = vertx;
    this.files = files;
    this.clock = clock;
    this.inForce = first;
  }

  /**
   * Reads the files.
   *
   * @param clock wall time
   * @return fails with an {@link IOException} if they cannot be used
   */
  public static Future<CertificateWatch> open(Vertx vertx, Tls files, Clock clock) {
    return vertx
        .executeBlocking(() -> CertificateFiles.read(vertx, files, null))
        .map(
            read -> {
              if (read.isOutOfDate(clock.instant())) {
                LOG.warn("the certificate in {} is not valid now", files.certificate());
              }
              return new CertificateWatch(vertx, files, clock, read);
            });
  }

  /** Puts TLS into the options of a server that is about to start. */
  public HttpServerOptions into(HttpServerOptions options) {
    return inForce.into(options);
  }

  /**
   * Begins to look for other files.
   *
   * @param apply puts a new certificate in force; what fails is tried again a second later
   */
  public synchronized void follow(Function<ServerSSLOptions, Future<?>> apply) {
    if (!closed && timer < 0) {
      timer = vertx.setPeriodic(LOOK_MILLIS, tick -> look(apply));
    }
  }

  /** Looks no more. */
  public synchronized void close() {
    closed = true;
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }

  /** When the certificate in force ends. */
  public Instant expiresAt() {
    return inForce.expiresAt();
  }

  /** Whether the certificate in force is not valid now. */
  public boolean isOutOfDate() {
    return inForce.isOutOfDate(clock.instant());
  }

  /** Why the files are not in force; empty if they are. */
  public String problem() {
    return problem;
  }

  private void look(Function<ServerSSLOptions, Future<?>> apply) {
    synchronized (this) {
      if (looking || closed) {
        return;
      }
      looking = true;
    }
    vertx
        .executeBlocking(this::readAgain)
        .compose(read -> read.equals(inForce) ? Future.succeededFuture() : put(read, apply))
        .onComplete(
            done -> {
              synchronized (this) {
                looking = false;
                settle(done.cause());
              }
            });
  }

  private ServerCertificate readAgain() throws IOException {
    ServerCertificate read = CertificateFiles.read(vertx, files, inForce);
    if (!read.equals(inForce) && read.isOutOfDate(clock.instant())) {
      throw new IOException("the certificate in " + files.certificate() + " is not valid now");
    }
    return read;
  }

  private Future<Void> put(ServerCertificate read, Function<ServerSSLOptions, Future<?>> apply) {
    return apply
        .apply(read.into(new HttpServerOptions()).getSslOptions())
        .map(
            applied -> {
              inForce = read;
              LOG.info("a new certificate is in force, until {}", read.expiresAt());
              return null;
            });
  }

  /**
   * Two files are not replaced at one moment: what is wrong is told when it is wrong twice, and
   * once.
   */
  private void settle(@Nullable Throwable failure) {
    String now = failure == null ? "" : String.valueOf(failure.getMessage());
    if (!now.isEmpty() && now.equals(seenOnce) && !now.equals(problem)) {
      problem = now;
      LOG.warn("the last certificate stays in force: {}", now);
    } else if (now.isEmpty()) {
      problem = "";
    }
    seenOnce = now;
  }
}
