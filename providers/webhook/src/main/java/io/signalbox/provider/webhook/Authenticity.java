package io.signalbox.provider.webhook;

import io.signalbox.spi.ConfigReader;
import io.signalbox.spi.Secret;
import io.signalbox.spi.WebhookRequest;
import io.signalbox.toolkit.signature.HmacAlgorithm;
import io.signalbox.toolkit.signature.HmacSignature;
import io.signalbox.toolkit.signature.SecretToken;
import io.signalbox.toolkit.signature.SignatureCheck;
import io.signalbox.toolkit.signature.SignatureEncoding;
import io.signalbox.toolkit.signature.StandardWebhooksSignature;
import io.signalbox.toolkit.signature.TimestampTolerance;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How a webhook shows that it is genuine. */
@FunctionalInterface
interface Authenticity {
  /** Checks the raw request. */
  SignatureCheck verify(WebhookRequest request);

  /** Nobody is believed: what a configuration with mistakes gets. */
  Authenticity NOBODY = request -> SignatureCheck.unauthenticated("not configured");

  static Authenticity read(ConfigReader reader) {
    String type = reader.requiredText("type");
    List<Secret> secrets = reader.secrets("secret");
    if (secrets.isEmpty()) {
      reader.problem("secret", "is required: one secret, or a list while they are rotated");
    }
    return switch (type) {
      case "hmac" -> hmac(reader, secrets);
      case "token" -> token(reader, secrets);
      case "standard_webhooks" -> standardWebhooks(reader, secrets);
      default -> {
        if (!type.isEmpty()) {
          reader.problem("type", "must be one of hmac, token, standard_webhooks");
        }
        yield NOBODY;
      }
    };
  }

  private static Authenticity hmac(ConfigReader reader, List<Secret> secrets) {
    String header = header(reader);
    String prefix = reader.text("prefix").orElse("");
    String algorithm =
        reader.oneOf("algorithm", "sha256", List.of("sha256", "sha512", "sha1", "md5"));
    String encoding = reader.oneOf("encoding", "hex", List.of("hex", "base64", "base64url"));
    if (secrets.isEmpty()) {
      return NOBODY;
    }
    HmacSignature hmac =
        new HmacSignature(
            HmacAlgorithm.valueOf(algorithm.toUpperCase(Locale.ROOT)),
            SignatureEncoding.valueOf(encoding.toUpperCase(Locale.ROOT)),
            secrets);
    return request -> {
      String presented = request.header(header);
      return presented == null || !presented.startsWith(prefix)
          ? SignatureCheck.unauthenticated("no signature of the configured form")
          : hmac.verify(presented.substring(prefix.length()), request.body().getBytes());
    };
  }

  private static Authenticity token(ConfigReader reader, List<Secret> secrets) {
    String header = header(reader);
    String prefix = reader.text("prefix").orElse("");
    if (secrets.isEmpty()) {
      return NOBODY;
    }
    SecretToken token = new SecretToken(secrets);
    return request -> {
      String presented = request.header(header);
      return presented == null || !presented.startsWith(prefix)
          ? SignatureCheck.unauthenticated("no token of the configured form")
          : token.verify(presented.substring(prefix.length()));
    };
  }

  private static Authenticity standardWebhooks(ConfigReader reader, List<Secret> secrets) {
    Duration tolerance =
        reader.duration(
            "tolerance", Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofDays(7));
    if (!secrets.stream().allMatch(StandardWebhooksSignature::isSecret)) {
      reader.problem("secret", "must be whsec_ and base64");
      return NOBODY;
    }
    if (secrets.isEmpty()) {
      return NOBODY;
    }
    StandardWebhooksSignature signature =
        new StandardWebhooksSignature(secrets, TimestampTolerance.of(tolerance));
    return request -> signature.verify(request.headers(), request.body(), request.receivedAt());
  }

  private static String header(ConfigReader reader) {
    String header = reader.requiredText("header");
    if (!header.isEmpty() && !Headers.isName(header)) {
      reader.problem("header", "must be the name of a header");
    }
    return header;
  }
}
