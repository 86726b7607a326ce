package io.signalbox.gateway.callback;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.signalbox.gateway.callback.Receiver.Received;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.DeliveryState;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SelfSignedCertificate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where callbacks go and where they must not: addresses, names and certificates. */
class CallbackAddressTest extends CallbackRun {
  @Test
  void anAddressThatCannotBeReachedIsPassedOverInTheSameAttempt() throws Exception {
    names.put("half.example", List.of("127.0.0.2", "127.0.0.3", "127.0.0.1"));
    CallbackEndpoint endpoint = addAt("http://half.example:" + receiver.port() + "/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.DELIVERED).attempts()).isEqualTo(1);
    assertThat(receiver.received()).hasSize(1);
  }

  @Test
  void addressesInsideAreRefusedWhereverTheNameLeads() throws Exception {
    restart(Map.of("callbacks.allow_http", "true", "callbacks.retry_delays", "1ms"), http());
    names.put("inside.example", List.of("127.0.0.1", "10.0.0.1", "::1"));
    CallbackEndpoint endpoint = addAt("http://inside.example:" + receiver.port() + "/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("address_not_allowed");
    assertThat(receiver.received()).isEmpty();
    assertThat(endpoints.urlProblem("http://127.0.0.1:1/")).isPresent();
    assertThat(endpoints.urlProblem("http://[::ffff:10.0.0.1]/")).isPresent();
    assertThat(endpoints.urlProblem("http://8.8.8.8/")).isEmpty();
  }

  @Test
  void aNameThatMovesInsideIsRefusedAlthoughAConnectionIsOpen() throws Exception {
    names.put("moving.example", List.of("127.0.0.1"));
    CallbackEndpoint endpoint = addAt("http://moving.example:" + receiver.port() + "/");
    test(endpoint);
    received(1);
    int asked = questions.get();

    // 127.0.0.0/8 is all that is allowed here.
    names.put("moving.example", List.of("10.0.0.1"));
    test(endpoint);
    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("address_not_allowed");
    assertThat(receiver.received()).hasSize(1);
    assertThat(questions).hasValueGreaterThan(asked);
  }

  @Test
  void theConnectionGoesToTheAddressThatWasChecked() throws Exception {
    // No resolver knows this name but ours: whoever asked again would find nothing.
    names.put("nowhere.invalid", List.of("10.0.0.1", "127.0.0.1"));
    CallbackEndpoint endpoint = addAt("http://nowhere.invalid:" + receiver.port() + "/");
    test(endpoint);

    Received one = received(1).get(0);
    assertThat(one.header("host")).isEqualTo("nowhere.invalid:" + receiver.port());
    assertThat(questions).hasValue(1);
  }

  @Test
  void aNameThatIsNotFoundIsAFailure() throws Exception {
    CallbackEndpoint endpoint = addAt("http://nobody.example/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("host_not_found");
  }

  @Test
  void theCertificateMustBeForTheNameAlthoughTheAddressIsDialled() throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("hooks.example");
    Receiver tls =
        Receiver.start(
            vertx,
            new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));
    restart(LOOPBACK, new HttpClientOptions().setTrustOptions(certificate.trustOptions()));
    names.put("hooks.example", List.of("127.0.0.1"));
    names.put("other.example", List.of("127.0.0.1"));
    CallbackEndpoint right = addAt("https://hooks.example:" + tls.port() + "/");
    CallbackEndpoint wrong = addAt("https://other.example:" + tls.port() + "/");
    test(right);
    test(wrong);

    await().until(() -> tls.received().size() == 1);
    assertThat(tls.received().get(0).header("host")).isEqualTo("hooks.example:" + tls.port());
    assertThat(logged(wrong, DeliveryState.FAILED).error()).isEqualTo("tls_failed");
    assertThat(tls.received()).hasSize(1);
  }

  @Test
  void certificatesOfNobodyAreRefused() throws Exception {
    SelfSignedCertificate certificate = SelfSignedCertificate.create("hooks.example");
    Receiver tls =
        Receiver.start(
            vertx,
            new HttpServerOptions().setSsl(true).setKeyCertOptions(certificate.keyCertOptions()));
    names.put("hooks.example", List.of("127.0.0.1"));
    CallbackEndpoint endpoint = addAt("https://hooks.example:" + tls.port() + "/");
    test(endpoint);

    assertThat(logged(endpoint, DeliveryState.FAILED).error()).isEqualTo("tls_failed");
  }
}
