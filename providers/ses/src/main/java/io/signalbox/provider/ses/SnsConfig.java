package io.signalbox.provider.ses;

import io.signalbox.spi.ConfigReader;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The part of the configuration that webhooks need.
 *
 * @param topicArns {@code topic_arns}: the topics that are believed; without one every webhook is
 *     refused
 * @param tolerance {@code webhook_tolerance}
 * @param baseUrl {@code sns_base_url}: where certificates and confirmations are asked for instead
 *     of the hosts that webhooks name; null for those hosts
 * @param trustedCertificates {@code sns_trusted_certificates}: if there are any, a signing
 *     certificate must be one of them or be issued by one of them
 */
record SnsConfig(
    Set<String> topicArns,
    Duration tolerance,
    @Nullable String baseUrl,
    List<X509Certificate> trustedCertificates) {

  /** SNS gives up after an hour unless a topic's policy says otherwise; a day leaves room. */
  static final Duration DEFAULT_TOLERANCE = Duration.ofDays(1);

  private static final Duration MIN_TOLERANCE = Duration.ofMinutes(1);
  private static final Duration MAX_TOLERANCE = Duration.ofDays(365);

  private static final String TOPIC_ARNS = "topic_arns";
  private static final String BASE_URL = "sns_base_url";
  private static final String CERTIFICATES = "sns_trusted_certificates";
  private static final Pattern TOPIC_ARN =
      Pattern.compile("arn:aws[a-z-]*:sns:[a-z0-9-]+:\\d{12}:[A-Za-z0-9_.-]{1,256}");

  /** Copies the collections. */
  SnsConfig {
    topicArns = Set.copyOf(topicArns);
    trustedCertificates = List.copyOf(trustedCertificates);
  }

  static SnsConfig read(ConfigReader reader) {
    List<String> topics = reader.texts(TOPIC_ARNS);
    if (!topics.stream().allMatch(arn -> TOPIC_ARN.matcher(arn).matches())) {
      reader.problem(TOPIC_ARNS, "must be arn:aws:sns:<region>:<account>:<topic>, one or a list");
    }
    String baseUrl = reader.url(BASE_URL, "");
    List<X509Certificate> certificates = certificates(reader);
    if (baseUrl.startsWith("http:") && certificates.isEmpty()) {
      reader.problem(
          CERTIFICATES,
          "is required with an "
              + BASE_URL
              + " of http://, since nothing else vouches for what comes from there");
    }
    return new SnsConfig(
        Set.copyOf(topics),
        reader.duration("webhook_tolerance", DEFAULT_TOLERANCE, MIN_TOLERANCE, MAX_TOLERANCE),
        baseUrl.isEmpty() ? null : baseUrl,
        certificates);
  }

  private static List<X509Certificate> certificates(ConfigReader reader) {
    List<X509Certificate> all = new ArrayList<>();
    for (String pem : reader.texts(CERTIFICATES)) {
      Optional<List<X509Certificate>> parsed = parse(pem);
      if (parsed.isEmpty()) {
        reader.problem(CERTIFICATES, "must be X.509 certificates in PEM form, in one text or more");
        return all;
      }
      all.addAll(parsed.get());
    }
    return all;
  }

  private static Optional<List<X509Certificate>> parse(String pem) {
    try {
      return Optional.of(PemCertificates.parse(pem)).filter(parsed -> !parsed.isEmpty());
    } catch (CertificateException e) {
      return Optional.empty();
    }
  }
}
