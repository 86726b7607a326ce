import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes signed webhooks about notifications that were sent.
 *
 * <p>{@code keys PRIVATE PUBLIC} makes a pair for SendGrid's signature (ECDSA P-256, of the time
 * and the body). {@code sendgrid PRIVATE IDS COUNT EACH OUT} writes COUNT webhooks of EACH events.
 * {@code resend SECRET IDS COUNT OUT} writes webhooks of one event each, signed as Resend does
 * (HMAC-SHA256 of id, time and body).
 */
public final class Webhooks {
  private static final Clock CLOCK = Clock.systemUTC();

  private Webhooks() {}

  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "keys" -> keys(Path.of(arguments[1]), Path.of(arguments[2]));
      case "sendgrid" ->
          PreparedRequests.write(
              Path.of(arguments[5]),
              sendgrid(
                  Path.of(arguments[1]),
                  Files.readAllLines(Path.of(arguments[2])),
                  Integer.parseInt(arguments[3]),
                  Integer.parseInt(arguments[4])));
      case "resend" ->
          PreparedRequests.write(
              Path.of(arguments[4]),
              resend(
                  arguments[1],
                  Files.readAllLines(Path.of(arguments[2])),
                  Integer.parseInt(arguments[3])));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void keys(Path privateKey, Path publicKey) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    Files.write(privateKey, keys.getPrivate().getEncoded());
    Files.writeString(publicKey, Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()));
  }

  private static List<byte[]> sendgrid(Path privateKey, List<String> ids, int count, int each)
      throws Exception {
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(
        KeyFactory.getInstance("EC")
            .generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(privateKey))));
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      JsonArray events = new JsonArray();
      for (int j = 0; j < each; j++) {
        int number = i * each + j;
        events.add(sendgridEvent(ids.get(number % ids.size()), number));
      }
      String body = events.encode();
      String timestamp = Long.toString(CLOCK.instant().getEpochSecond());
      signature.update((timestamp + body).getBytes(StandardCharsets.UTF_8));
      requests.add(
          PreparedRequests.post(
              "/webhooks/sendgrid",
              Map.of(
                  "Content-Type",
                  "application/json",
                  "X-Twilio-Email-Event-Webhook-Timestamp",
                  timestamp,
                  "X-Twilio-Email-Event-Webhook-Signature",
                  Base64.getEncoder().encodeToString(signature.sign())),
              body.getBytes(StandardCharsets.UTF_8)));
    }
    return requests;
  }

  private static JsonObject sendgridEvent(String id, int number) {
    return new JsonObject()
        .put("email", "user@example.com")
        .put("timestamp", CLOCK.instant().getEpochSecond())
        .put("event", "open")
        .put("sg_event_id", "sg" + System.identityHashCode(CLOCK) + "-" + number)
        .put("signalbox_attempt", id + "-1")
        .put("useragent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36")
        .put("smtp-id", "<14c5d75ce93.dfd.64b469@ismtpd-555>")
        .put("response", "250 2.0.0 OK 1700000000 x1-20020a170902 - gsmtp")
        .put("url", "https://example.com/a/page?with=a&query=of&some=length")
        .put("sg_machine_open", false);
  }

  private static List<byte[]> resend(String secret, List<String> ids, int count)
      throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
    List<byte[]> requests = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String body = resendEvent(ids.get(i % ids.size())).encode();
      String id = "msg_" + System.identityHashCode(CLOCK) + "_" + i;
      String timestamp = Long.toString(CLOCK.instant().getEpochSecond());
      byte[] code =
          mac.doFinal((id + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
      requests.add(
          PreparedRequests.post(
              "/webhooks/resend",
              Map.of(
                  "Content-Type",
                  "application/json",
                  "svix-id",
                  id,
                  "svix-timestamp",
                  timestamp,
                  "svix-signature",
                  "v1," + Base64.getEncoder().encodeToString(code)),
              body.getBytes(StandardCharsets.UTF_8)));
    }
    return requests;
  }

  private static JsonObject resendEvent(String id) {
    String now = CLOCK.instant().toString();
    return new JsonObject()
        .put("type", "email.opened")
        .put("created_at", now)
        .put(
            "data",
            new JsonObject()
                .put("email_id", "56761188-7520-42d8-8898-ff6fc54ce618")
                .put("created_at", now)
                .put("from", "Signalbox <signalbox@example.com>")
                .put("to", new JsonArray().add("alex@example.com"))
                .put("subject", "Order on its way")
                .put("tags", new JsonObject().put("signalbox_attempt", id)));
  }
}
