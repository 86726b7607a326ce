package io.signalbox.gateway.compat.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.ledger.CallbackSecret;
import io.signalbox.spi.Secret;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests' verifiers and our signers agree with what the providers' own software has signed. */
class VerifiersTest {
  static Stream<JsonObject> vectors() throws IOException {
    // The official library of Resend's scheme checks the time by the clock: it needs no vectors.
    return Vectors.all().filter(each -> !each.getString("provider").equals("resend"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void theVerifiersTakeWhatProvidersSignAndNothingElse(JsonObject vector) {
    Hook hook = Vectors.hook(vector);
    JsonObject key = vector.getJsonObject("key");
    boolean taken =
        switch (vector.getString("provider")) {
          case "sendgrid" -> Verifiers.sendGrid(hook, key.getString("public_key_spki_der_base64"));
          case "mailgun" -> Verifiers.mailgun(hook, key.getString("webhook_signing_key"));
          case "postmark" ->
              Verifiers.postmark(hook, key.getString("username") + ':' + key.getString("password"));
          case "twilio" -> Verifiers.twilio(hook, key.getString("auth_token"));
          case "vonage" ->
              Verifiers.vonageMessages(
                  hook, key.getString("signature_secret"), !hook.body().isEmpty());
          default ->
              Verifiers.vonageSms(
                  hook,
                  key.getString("signature_secret"),
                  switch (key.getString("algorithm")) {
                    case "MD5HASH" -> "MD5HASH";
                    default -> key.getString("algorithm");
                  });
        };

    assertThat(taken).isEqualTo(vector.getString("expected").equals("valid"));
  }

  @Test
  void ourSignatureOfAFormIsTwilios() throws Exception {
    Hook hook = Vectors.hook(Vectors.named("twilio", "status callback delivered"));

    assertThat(
            TwilioHook.signature(
                "0123456789abcdef0123456789abcdef", hook.url(), Verifiers.form(hook.body())))
        .isEqualTo(hook.header("X-Twilio-Signature"));
  }

  @ParameterizedTest
  @MethodSource("methods")
  void ourSigIsVonages(String name, SigMethod method) throws Exception {
    JsonObject vector = Vectors.named("vonage-sms-sig", "documented " + name);
    Map<String, String> fields = new HashMap<>();
    vector.getJsonObject("params").forEach(each -> fields.put(each.getKey(), "" + each.getValue()));
    String sig = fields.remove("sig");

    assertThat(method.sign(fields, "abcde")).isEqualTo(sig);
  }

  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of("MD5HASH", SigMethod.MD5HASH),
        Arguments.of("MD5HMAC", SigMethod.MD5),
        Arguments.of("SHA1HMAC", SigMethod.SHA1),
        Arguments.of("SHA256HMAC", SigMethod.SHA256),
        Arguments.of("SHA512HMAC", SigMethod.SHA512));
  }

  @Test
  void ourSignatureIsSvixs() throws Exception {
    JsonObject vector = Vectors.named("resend", "documented Svix example");
    Hook hook = Vectors.hook(vector);
    CallbackSecret secret =
        new CallbackSecret(
            new Secret(vector.getJsonObject("key").getString("secret")), 0, Long.MAX_VALUE);

    assertThat(
            WebhookSigner.signatures(
                List.of(secret),
                hook.header("svix-id"),
                Long.parseLong(hook.header("svix-timestamp")),
                Buffer.buffer(hook.body())))
        .isEqualTo(hook.header("svix-signature"));
  }
}
