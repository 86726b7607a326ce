package io.signalbox.provider.ses;

import io.signalbox.testkit.FakeProviderServer;
import io.signalbox.testkit.Reply;
import io.signalbox.testkit.SeenRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Stands where the hosts of SNS stand, and serves certificates and confirmations. */
final class SnsHost implements AutoCloseable {
  static final String CERTIFICATE = SnsSender.resource("signing_cert.pem");

  private final Vertx vertx;
  private final FakeProviderServer server;

  private SnsHost(Vertx vertx, FakeProviderServer server) {
    this.vertx = vertx;
    this.server = server;
  }

  static SnsHost start() {
    Vertx vertx = Vertx.vertx();
    SnsHost host = new SnsHost(vertx, FakeProviderServer.start(vertx));
    host.serve(CERTIFICATE);
    return host;
  }

  /** A configuration that sends all requests here and trusts the certificate of the test. */
  JsonObject config() {
    return new JsonObject()
        .put("region", "us-east-1")
        .put("access_key_id", "AKIDEXAMPLE")
        .put("secret_access_key", "the-secret-key")
        .put("base_url", server.url())
        .put("from", "orders@example.com")
        .put("topic_arns", SnsSender.TOPIC)
        .put("sns_base_url", server.url())
        .put("sns_trusted_certificates", CERTIFICATE);
  }

  void serve(String certificate) {
    Reply pem = Reply.of(200, "application/x-pem-file", Buffer.buffer(certificate));
    Reply confirmed = Reply.of(200, "text/xml", Buffer.buffer("<ConfirmSubscriptionResponse/>"));
    server.script(seen -> Future.succeededFuture(seen.path().endsWith(".pem") ? pem : confirmed));
  }

  void reply(Reply reply) {
    server.reply(reply);
  }

  List<SeenRequest> seen() {
    return server.seen();
  }

  @Override
  public void close() {
    server.close();
    vertx.close().await();
  }
}
