package io.signalbox.gateway.callback;

import static io.signalbox.gateway.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.signalbox.gateway.callback.Receiver.Received;
import io.signalbox.gateway.ledger.CallbackDelivery;
import io.signalbox.gateway.ledger.CallbackEndpoint;
import io.signalbox.gateway.ledger.CallbackPatch;
import io.signalbox.gateway.ledger.DeliveryState;
import io.signalbox.gateway.ledger.Redelivery;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each callback is signed, is repeated until it arrived, and is held up by no other. */
class CallbackVerticleTest extends CallbackRun {
  /** The first soon, the others so late that a machine that stands still comes before them. */
  private static final String PATIENT = "1s, 10s, 10s, 10s";

  @Test
  void callbacksAreCloudEventsThatTheOfficialLibraryVerifies() throws Exception {
    CallbackEndpoint endpoint = add("/hook?a=b");
    String event = test(endpoint);

    Received one = received(1).get(0);
    one.verify(endpoint.secrets().get(0).value().reveal());
    assertThat(one.uri()).isEqualTo("/hook?a=b");
    assertThat(one.header("content-type")).isEqualTo("application/cloudevents+json");
    assertThat(one.header("webhook-id")).isEqualTo(event);
    JsonObject body = new JsonObject(one.body());
    assertThat(body.getString("specversion")).isEqualTo("1.0");
    assertThat(body.getString("id")).isEqualTo(event);
    assertThat(body.getString("type")).isEqualTo("io.signalbox.callback.test");
    assertThatThrownBy(() -> one.verify("whsec_" + "A".repeat(43) + "="))
        .isInstanceOf(WebhookVerificationException.class);
    CallbackDelivery log = logged(endpoint, DeliveryState.DELIVERED);
    assertThat(log.httpStatus()).isEqualTo(204);
    assertThat(log.attempts()).isEqualTo(1);
  }

  @Test
  void bothSecretsVerifyWhileTheyOverlap() throws Exception {
    CallbackEndpoint endpoint = add("/hook");
    CallbackEndpoint rotated =
        done(endpoints.rotate(TENANT, endpoint.id().toString(), null, found -> {}));
    test(endpoint);

    Received one = received(1).get(0);
    one.verify(endpoint.secrets().get(0).value().reveal());
    one.verify(rotated.secrets().get(0).value().reveal());
    assertThat(one.header("webhook-signature")).matches("v1,\\S{44} v1,\\S{44}");
  }

  @Test
  void onlyTheNewSecretVerifiesAfterTheOverlap() throws Exception {
    restartWith("callbacks.secret_overlap", "0s");
    CallbackEndpoint endpoint = add("/hook");
    CallbackEndpoint rotated =
        done(endpoints.rotate(TENANT, endpoint.id().toString(), null, found -> {}));
    test(endpoint);

    Received one = received(1).get(0);
    one.verify(rotated.secrets().get(0).value().reveal());
    assertThatThrownBy(() -> one.verify(endpoint.secrets().get(0).value().reveal()))
        .isInstanceOf(WebhookVerificationException.class);
  }

  @Test
  void aFailedCallbackIsRepeatedUnderTheSameId() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    receiver.answers(r -> Receiver.status(r, calls.incrementAndGet() < 3 ? 500 : 200));
    CallbackEndpoint endpoint = add("/hook");
    String event = test(endpoint);

    List<Received> all = received(3);
    assertThat(all).allSatisfy(one -> assertThat(one.header("webhook-id")).isEqualTo(event));
    assertThat(all).extracting(Received::body).containsOnly(all.get(0).body());
    for (Received one : all) {
      one.verify(endpoint.secrets().get(0).value().reveal());
    }
    assertThat(logged(endpoint, DeliveryState.DELIVERED).attempts()).isEqualTo(3);
  }

  @Test
  void aCallbackIsGivenUpAfterItsRetriesAndCanBeSentOnceMore() throws Exception {
    receiver.answers(r -> Receiver.status(r, 503));
    CallbackEndpoint endpoint = add("/hook");
    String event = test(endpoint);
    CallbackDelivery failed = logged(endpoint, DeliveryState.FAILED);
    assertThat(failed.attempts()).isEqualTo(4);
    assertThat(failed.httpStatus()).isEqualTo(503);
    assertThat(failed.error()).isEqualTo("refused");

    receiver.answers(r -> Receiver.status(r, 200));
    Redelivery which = new Redelivery.Ids(List.of(event));
    assertThat(done(endpoints.redeliver(TENANT, endpoint.id().toString(), which))).isEqualTo(1);
    assertThat(logged(endpoint, DeliveryState.DELIVERED).eventId()).isEqualTo(event);
    assertThat(receiver.received()).hasSize(5);
  }

  @Test
  void aSlowEndpointDoesNotDelayOthers() throws Exception {
    restartWith("callbacks.timeout", "60s");
    Receiver slow = Receiver.start(vertx);
    slow.answers(request -> {});
    CallbackEndpoint stuck = addAt(url(slow, "/"));
    CallbackEndpoint fast = add("/hook");
    for (int i = 0; i < 40; i++) {
      test(stuck);
    }
    await().until(() -> slow.received().size() >= 4);
    for (int i = 0; i < 40; i++) {
      test(fast);
    }
    received(40);

    // None of the others has ended: nobody had to wait for them.
    assertThat(log(stuck)).allSatisfy(each -> assertThat(each.attempts()).isZero());
    assertThat(slow.received()).hasSize(4);
  }

  @Test
  void aSlowEndpointDoesNotDelayAnotherOfTheSameHost() throws Exception {
    restartWith("callbacks.timeout", "60s");
    receiver.answers(
        request -> {
          if (request.uri().equals("/fast")) {
            Receiver.status(request, 204);
          }
        });
    CallbackEndpoint stuck = add("/slow");
    CallbackEndpoint fast = add("/fast");
    for (int i = 0; i < 10; i++) {
      test(stuck);
    }
    received(4);
    for (int i = 0; i < 10; i++) {
      test(fast);
    }

    await()
        .until(
            () ->
                log(fast).stream().filter(d -> d.state() == DeliveryState.DELIVERED).count() == 10);
    // Before the slow one's first deadline, which would free connections.
    assertThat(log(stuck)).allSatisfy(each -> assertThat(each.attempts()).isZero());
    assertThat(log(fast)).allSatisfy(each -> assertThat(each.attempts()).isEqualTo(1));
  }

  @Test
  void aBugInSendingIsAFailureThatIsTriedAgain() throws Exception {
    CallbackEndpoint endpoint = addAt("http://bug.example/");
    for (int i = 0; i < 6; i++) {
      test(endpoint);
    }

    await().until(() -> log(endpoint).stream().allMatch(d -> d.state() == DeliveryState.FAILED));
    assertThat(log(endpoint)).allSatisfy(each -> assertThat(each.error()).isEqualTo("internal"));
  }

  @Test
  void whatIsDueGoesOnAfterARestart() throws Exception {
    receiver.answers(r -> Receiver.status(r, 500));
    Map<String, String> patient = new HashMap<>(LOOPBACK);
    patient.put("callbacks.retry_delays", PATIENT);
    restart(patient, http());
    CallbackEndpoint endpoint = add("/hook");
    for (int i = 0; i < 20; i++) {
      test(endpoint);
    }
    received(20);
    receiver.answers(r -> Receiver.status(r, 200));
    restart(patient, http());

    await().until(() -> log(endpoint).stream().allMatch(d -> d.state() == DeliveryState.DELIVERED));
    assertThat(log(endpoint)).hasSize(20);
  }

  @Test
  void anEndpointThatWasDisabledGoesOnWhereItStopped() throws Exception {
    receiver.answers(r -> Receiver.status(r, 500));
    // Else it may have been given up before it is disabled.
    restartWith("callbacks.retry_delays", PATIENT);
    CallbackEndpoint endpoint = add("/hook");
    test(endpoint);
    received(1);
    CallbackPatch off = new CallbackPatch(null, null, null, false);
    done(endpoints.change(TENANT, endpoint.id().toString(), off, found -> {}));
    receiver.answers(r -> Receiver.status(r, 200));
    await().until(() -> log(endpoint).get(0).attempts() > 0);
    done(endpoints.change(TENANT, endpoint.id().toString(), CallbackPatch.enable(), found -> {}));

    assertThat(logged(endpoint, DeliveryState.DELIVERED).attempts()).isGreaterThan(1);
  }

  @Test
  void aWholeBacklogIsSentEachEventOnce() throws Exception {
    CallbackEndpoint endpoint = add("/hook");
    for (int i = 0; i < 300; i++) {
      test(endpoint);
    }
    received(300);
    await()
        .until(
            () ->
                done(endpoints.deliveries(
                            TENANT,
                            endpoint.id().toString(),
                            DeliveryState.DELIVERED,
                            Long.MAX_VALUE,
                            1_000))
                        .size()
                    == 300);

    assertThat(receiver.received()).hasSize(300);
    assertThat(receiver.received())
        .extracting(one -> one.header("webhook-id"))
        .doesNotHaveDuplicates();
  }
}
