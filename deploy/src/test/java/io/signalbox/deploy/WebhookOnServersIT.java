package io.signalbox.deploy;

@OnServers
class WebhookOnServersIT extends WebhookIT {}
