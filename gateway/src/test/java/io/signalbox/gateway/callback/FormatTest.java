package io.signalbox.gateway.callback;

import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.callback.Receiver.Received;
import io.signalbox.gateway.compat.hooks.EcdsaKey;
import io.signalbox.gateway.compat.hooks.Verifiers;
import io.signalbox.gateway.compat.hooks.Verifiers.Hook;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackForm;
import io.signalbox.gateway.ledger.CallbackFormat;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.spi.Secret;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Endpoints of every format, over real sockets: what arrives is what the provider would send. */
class FormatTest extends CallbackRun {
  private CallbackEndpoint add(CallbackForm form, @Nullable String secret) throws Exception {
    return done(
        endpoints.add(
            TENANT,
            url(receiver, "/hook?a=b"),
            form,
            null,
            all(),
            secret == null ? null : new Secret(secret)));
  }

  private Hook toldOnce(CallbackEndpoint endpoint) throws Exception {
    test(endpoint);
    return hook(received(1).get(0));
  }

  private Hook hook(Received one) {
    Map<String, String> headers = new HashMap<>();
    one.headers().forEach((name, values) -> headers.put(name, values.get(0)));
    return new Hook(url(receiver, one.uri()), headers, one.body());
  }

  private static String secret(CallbackEndpoint endpoint) {
    return endpoint.secrets().get(0).value().reveal();
  }

  @Test
  void sendGridsKeyIsMadeAndItsPublicHalfVerifies() throws Exception {
    CallbackEndpoint endpoint = add(CallbackForm.of(CallbackFormat.SENDGRID), null);
    Hook hook = toldOnce(endpoint);

    assertThat(Verifiers.sendGrid(hook, EcdsaKey.publicKey(endpoint.secrets().get(0).value())))
        .isTrue();
    assertThat(new JsonArray(hook.body()).getJsonObject(0).getString("event"))
        .isEqualTo("delivered");
    assertThat(logged(endpoint, DeliveryState.DELIVERED).httpStatus()).isEqualTo(204);
  }

  @Test
  void mailgunsSignatureStandsInTheBody() throws Exception {
    CallbackEndpoint endpoint = add(CallbackForm.of(CallbackFormat.MAILGUN), "my-signing-key");

    assertThat(Verifiers.mailgun(toldOnce(endpoint), "my-signing-key")).isTrue();
  }

  @Test
  void resendsIsVerifiedByTheLibraryOfItsScheme() throws Exception {
    CallbackEndpoint endpoint = add(CallbackForm.of(CallbackFormat.RESEND), null);

    assertThat(Verifiers.resend(toldOnce(endpoint), secret(endpoint))).isTrue();
  }

  @Test
  void postmarksHasThePasswordThatWasGiven() throws Exception {
    CallbackEndpoint endpoint = add(CallbackForm.of(CallbackFormat.POSTMARK), "hook:p4ssword");

    assertThat(Verifiers.postmark(toldOnce(endpoint), "hook:p4ssword")).isTrue();
  }

  @Test
  void twiliosIsSignedOverTheAddressOfTheEndpoint() throws Exception {
    CallbackEndpoint endpoint = add(CallbackForm.of(CallbackFormat.TWILIO), null);

    assertThat(Verifiers.twilio(toldOnce(endpoint), secret(endpoint))).isTrue();
  }

  @Test
  void vonagesIsSignedByTheMethodOfTheEndpoint() throws Exception {
    CallbackEndpoint endpoint =
        add(CallbackForm.of(CallbackFormat.VONAGE).signedBy("md5hash"), null);

    assertThat(Verifiers.vonageSms(toldOnce(endpoint), secret(endpoint), "MD5HASH")).isTrue();
  }

  @Test
  void everyAttemptTellsTheSameUnderASignatureOfItsOwn() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(r -> Receiver.status(r, calls.incrementAndGet() < 3 ? 500 : 200));
    CallbackEndpoint endpoint = add(CallbackForm.of(CallbackFormat.MAILGUN), null);
    test(endpoint);

    assertThat(received(3))
        .allMatch(one -> Verifiers.mailgun(hook(one), secret(endpoint)))
        .extracting(one -> new JsonObject(one.body()).getJsonObject("event-data"))
        .containsOnly(new JsonObject(received(1).get(0).body()).getJsonObject("event-data"));
    assertThat(logged(endpoint, DeliveryState.DELIVERED).attempts()).isEqualTo(3);
  }

  @Test
  void anAnswerByWhichAProviderGivesUpIsTheLast() throws Exception {
    receiver.answers(r -> Receiver.status(r, 406));
    CallbackEndpoint endpoint = add(CallbackForm.of(CallbackFormat.MAILGUN), null);
    test(endpoint);

    CallbackDelivery given = logged(endpoint, DeliveryState.FAILED);
    assertThat(given.attempts()).isEqualTo(1);
    assertThat(given.httpStatus()).isEqualTo(406);
    assertThat(find(endpoint).enabled()).isTrue();
  }
}
