package io.signalbox.gateway.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** Names of attributes: those of OpenTelemetry's conventions where there are some. */
final class Names {
  static final AttributeKey<String> NOTIFICATION =
      AttributeKey.stringKey("signalbox.notification.id");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("signalbox.attempt");
  static final AttributeKey<String> OPERATION = AttributeKey.stringKey("signalbox.operation.id");
  static final AttributeKey<String> REQUEST_TYPE = AttributeKey.stringKey("signalbox.request_type");
  static final AttributeKey<String> PROVIDER = AttributeKey.stringKey("signalbox.provider");
  static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("signalbox.channel");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("signalbox.outcome");
  static final AttributeKey<String> RECEIPT = AttributeKey.stringKey("signalbox.receipt.status");
  static final AttributeKey<String> EFFECT = AttributeKey.stringKey("signalbox.receipt.effect");
  static final AttributeKey<String> CALLBACK = AttributeKey.stringKey("signalbox.callback.id");
  static final AttributeKey<String> EVENT = AttributeKey.stringKey("signalbox.event.id");
  static final AttributeKey<String> PEER = AttributeKey.stringKey("peer.service");
  static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  static final AttributeKey<Long> HTTP_STATUS = AttributeKey.longKey("http.response.status_code");

  private Names() {}
}
