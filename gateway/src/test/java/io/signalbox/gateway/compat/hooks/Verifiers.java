package io.signalbox.gateway.compat.hooks;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an application does with a provider's webhook, written from the providers' documents. {@link
 * VerifiersTest} holds it to requests that their own software has signed.
 */
public final class Verifiers {
  private Verifiers() {}

  /** A webhook as it came; header names in any case. */
  public record Hook(String url, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.entrySet().stream()
          .filter(each -> each.getKey().equalsIgnoreCase(name))
          .map(Map.Entry::getValue)
          .findFirst()
          .orElse("");
    }
  }

  /** SendGrid: ECDSA over time and body. */
  public static boolean sendGrid(Hook hook, String publicKey) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initVerify(
          KeyFactory.getInstance("EC")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(publicKey))));
      signature.update(bytes(hook.header("X-Twilio-Email-Event-Webhook-Timestamp") + hook.body()));
      return signature.verify(
          Base64.getDecoder().decode(hook.header("X-Twilio-Email-Event-Webhook-Signature")));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }

  /** Mailgun: HMAC over time and token of the body. */
  public static boolean mailgun(Hook hook, String key) {
    JsonObject signature = new JsonObject(hook.body()).getJsonObject("signature");
    String signed = signature.getString("timestamp") + signature.getString("token");
    return hex(hmac("HmacSHA256", key, signed)).equals(signature.getString("signature"));
  }

  /** Resend: as Svix; the official library of the scheme, whose headers have other names. */
  public static boolean resend(Hook hook, String secret) {
    try {
      new Webhook(secret)
          .verify(
              hook.body(),
              Map.of(
                  "webhook-id", List.of(hook.header("svix-id")),
                  "webhook-timestamp", List.of(hook.header("svix-timestamp")),
                  "webhook-signature", List.of(hook.header("svix-signature"))));
      return true;
    } catch (WebhookVerificationException e) {
      return false;
    }
  }

  /** Postmark: user name and password. */
  public static boolean postmark(Hook hook, String credentials) {
    String shown = "Basic " + Base64.getEncoder().encodeToString(bytes(credentials));
    return hook.header("Authorization").equals(shown);
  }

  /** Twilio: HMAC over the address and the sorted parameters of the form. */
  public static boolean twilio(Hook hook, String token) {
    String parameters =
        new TreeMap<>(form(hook.body()))
            .entrySet().stream()
                .map(each -> each.getKey() + each.getValue())
                .collect(Collectors.joining());
    byte[] mac = hmac("HmacSHA1", token, hook.url() + parameters);
    return Base64.getEncoder().encodeToString(mac).equals(hook.header("X-Twilio-Signature"));
  }

  /** The parameters of a form. */
  public static Map<String, String> form(String body) {
    return List.of(body.split("&")).stream()
        .map(each -> each.split("=", 2))
        .collect(Collectors.toMap(each -> decoded(each[0]), each -> decoded(each[1])));
  }

  /** Vonage's Messages: a token that has the hash of the body. */
  public static boolean vonageMessages(Hook hook, String secret, boolean withHash) {
    String[] parts = hook.header("Authorization").substring("Bearer ".length()).split("\\.", -1);
    JsonObject claims = new JsonObject(unbased(parts[1]));
    String mac =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(hmac("HmacSHA256", secret, parts[0] + '.' + parts[1]));
    return new JsonObject(unbased(parts[0])).getString("alg").equals("HS256")
        && mac.equals(parts[2])
        && (!withHash
            || hex(digest("SHA-256", bytes(hook.body()))).equals(claims.getString("payload_hash")));
  }

  /** Vonage's receipts of SMS: the parameter sig. */
  public static boolean vonageSms(Hook hook, String secret, String method) {
    Map<String, Object> fields = new TreeMap<>(new JsonObject(hook.body()).getMap());
    Object shown = fields.remove("sig");
    StringBuilder text = new StringBuilder();
    fields.forEach(
        (name, value) ->
            text.append('&')
                .append(name)
                .append('=')
                .append(value.toString().replace('&', '_').replace('=', '_')));
    String expected =
        method.equals("MD5HASH")
            ? hex(digest("MD5", bytes(text + secret)))
            : hex(hmac("Hmac" + method.substring(0, method.length() - 4), secret, text.toString()));
    return expected.equals(shown);
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static String unbased(String text) {
    return new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] hmac(String algorithm, String key, String text) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(bytes(key), algorithm));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
