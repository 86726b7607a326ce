package io.signalbox.provider.ses;

import io.signalbox.toolkit.HttpAnswer;
import io.signalbox.toolkit.HttpAnswer.Answered;
import io.signalbox.toolkit.HttpAnswer.Unanswered;
import io.signalbox.toolkit.HttpCall;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that SNS signs with, by their URL. A certificate is fetched once and kept: what
 * lies at a URL never changes, SNS names a new one when it has a new key. Only what is trusted is
 * kept, so that strangers who name other URLs push nothing out.
 *
 * <p>Used on one Vert.x context.
 */
final class SnsCertificates {
  private static final int MAX_KEPT = 16;
  private static final int MAX_FETCHES = 8;
  private static final int MAX_BYTES = 64 << 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** What became of a certificate. */
  sealed interface Found {
    /** It may vouch for an envelope. */
    record Trusted(X509Certificate certificate) implements Found {}

    /** It may not. */
    record Untrusted(String objection) implements Found {}
  }

  private final Function<HttpCall, Future<HttpAnswer>> http;
  private final SnsAddresses addresses;
  private final SnsTrust trust;
  private final Map<URI, Future<Found>> underWay = new HashMap<>();
  private final Map<URI, X509Certificate> kept =
      new LinkedHashMap<>(MAX_KEPT, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<URI, X509Certificate> eldest) {
          return size() > MAX_KEPT;
        }
      };

  SnsCertificates(
      Function<HttpCall, Future<HttpAnswer>> http, SnsAddresses addresses, SnsTrust trust) {
    this.http = http;
    this.addresses = addresses;
    this.trust = trust;
  }

  /** The certificate of a URL that {@link SnsAddresses} let pass; fails if it cannot be had now. */
  Future<Found> find(URI url, Instant now) {
    X509Certificate known = kept.get(url);
    if (known != null) {
      return Future.succeededFuture(
          SnsTrust.isGoodAt(known, now)
              ? new Found.Trusted(known)
              : new Found.Untrusted("the certificate is not valid at this time"));
    }
    Future<Found> fetching = underWay.get(url);
    if (fetching != null) {
      return fetching;
    }
    if (underWay.size() >= MAX_FETCHES) {
      return Future.failedFuture(new IOException("too many certificates are being fetched"));
    }
    Future<Found> begun =
        http.apply(HttpCall.get(addresses.target(url), TIMEOUT))
            .compose(answer -> fetched(url, answer, now));
    if (!begun.isComplete()) {
      underWay.put(url, begun);
      begun.onComplete(done -> underWay.remove(url));
    }
    return begun;
  }

  private Future<Found> fetched(URI url, HttpAnswer answer, Instant now) {
    if (answer instanceof Unanswered unanswered) {
      return cannotBeHad(unanswered.message());
    }
    Answered answered = (Answered) answer;
    if (answered.status() >= 500) {
      return cannotBeHad("its host answers " + answered.status());
    }
    if (answered.status() != 200) {
      return untrusted("no certificate is there, but an answer of " + answered.status());
    }
    if (answered.body().length() > MAX_BYTES) {
      return untrusted("what is there is too long for a certificate");
    }
    List<X509Certificate> chain;
    try {
      chain = PemCertificates.parse(answered.body().toString());
    } catch (CertificateException e) {
      return untrusted("what is there is no certificate");
    }
    @Nullable String objection = trust.objection(chain, now);
    if (objection != null) {
      return untrusted(objection);
    }
    kept.put(url, chain.get(0));
    return Future.succeededFuture(new Found.Trusted(chain.get(0)));
  }

  private static Future<Found> untrusted(String objection) {
    return Future.succeededFuture(new Found.Untrusted(objection));
  }

  private static Future<Found> cannotBeHad(String why) {
    return Future.failedFuture(new IOException("the signing certificate cannot be had: " + why));
  }
}
