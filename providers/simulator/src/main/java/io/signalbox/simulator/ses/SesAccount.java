package io.signalbox.simulator.ses;

import io.signalbox.simulator.core.Ids;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/**
 * The credentials of the simulated account, and the key of its region's SNS.
 *
 * @param topicArn the topic that events are published to
 * @param snsCertificate PEM; what SNS's messages are checked with
 * @param snsPrivateKey base64 of the PKCS#8 form; never shown
 */
public record SesAccount(
    String accessKeyId,
    String secretAccessKey,
    String topicArn,
    String snsCertificate,
    String snsPrivateKey) {
  static final String REGION = "us-east-1";
  static final String CONFIGURATION_SET = "signalbox";

  private static final String ARN_START = "arn:aws:sns:" + REGION + ":";
  private static final int NUMBER_LENGTH = 12;
  private static final int KEY_BITS = 2048;
  private static final int SERIAL_BITS = 64;

  /** Made once a process: it takes a good part of a second. */
  private static final class SnsKeys {
    static final KeyPair PAIR = generate();

    private static KeyPair generate() {
      try {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(KEY_BITS);
        return generator.generateKeyPair();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java runtime has RSA", e);
      }
    }
  }

  /** A new account. */
  public static SesAccount random(SecureRandom random) {
    Ids ids = new Ids(random);
    KeyPair keys = SnsKeys.PAIR;
    return new SesAccount(
        "AKIA" + ids.alphanumeric(16).toUpperCase(Locale.ROOT),
        ids.alphanumeric(40),
        ARN_START + ids.digits(NUMBER_LENGTH) + ":ses-events",
        SelfSignedCertificate.pem(keys, "sns.amazonaws.com", new BigInteger(SERIAL_BITS, random)),
        Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
  }

  /** Reads back what {@link #toState()} wrote. */
  public static SesAccount fromState(JsonObject state) {
    return new SesAccount(
        state.getString("access_key_id"),
        state.getString("secret_access_key"),
        state.getString("topic_arn"),
        state.getString("sns_certificate"),
        state.getString("sns_private_key"));
  }

  /** All of it, for the state file. */
  public JsonObject toState() {
    return toJson().put("sns_private_key", snsPrivateKey);
  }

  /** What a client needs. */
  JsonObject toJson() {
    return new JsonObject()
        .put("access_key_id", accessKeyId)
        .put("secret_access_key", secretAccessKey)
        .put("region", REGION)
        .put("configuration_set", CONFIGURATION_SET)
        .put("topic_arn", topicArn)
        .put("sns_certificate", snsCertificate);
  }

  /** The number of the AWS account. */
  String number() {
    return topicArn.substring(ARN_START.length(), ARN_START.length() + NUMBER_LENGTH);
  }

  @Override
  public String toString() {
    return "SesAccount[masked]";
  }
}
