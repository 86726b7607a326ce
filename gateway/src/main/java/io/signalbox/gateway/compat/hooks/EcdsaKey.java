package io.signalbox.gateway.compat.hooks;

import io.signalbox.spi.Secret;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * The key pair that signs as SendGrid does. As a secret it is {@code ecdsa_}, the private key
 * (PKCS#8) and, behind a full stop, the public one (SPKI), both in Base64.
 */
public final class EcdsaKey {
  private static final String PREFIX = "ecdsa_";
  private static final String CURVE = "secp256r1";

  private final PrivateKey privateKey;
  private final String publicKey;

  private EcdsaKey(PrivateKey privateKey, String publicKey) {
    this.privateKey = privateKey;
    this.publicKey = publicKey;
  }

  /** Makes a pair, as a secret. */
  public static Secret newSecret(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(CURVE), random);
      KeyPair pair = generator.generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new Secret(
          PREFIX
              + base64.encodeToString(pair.getPrivate().getEncoded())
              + '.'
              + base64.encodeToString(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has P-256", e);
    }
  }

  /** The public key of a secret, as SendGrid shows its own: SPKI in Base64. */
  public static String publicKey(Secret secret) {
    return of(secret.reveal()).publicKey;
  }

  static EcdsaKey of(String secret) {
    int dot = secret.indexOf('.');
    if (!secret.startsWith(PREFIX) || dot < 0) {
      throw new IllegalArgumentException("the secret is no key pair");
    }
    try {
      byte[] encoded = Base64.getDecoder().decode(secret.substring(PREFIX.length(), dot));
      PrivateKey key =
          KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new EcdsaKey(key, secret.substring(dot + 1));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the secret is no key pair", e);
    }
  }

  /** The signature of some bytes: DER in Base64. */
  String sign(byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(privateKey);
      signature.update(bytes);
      return Base64.getEncoder().encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has ECDSA", e);
    }
  }
}
