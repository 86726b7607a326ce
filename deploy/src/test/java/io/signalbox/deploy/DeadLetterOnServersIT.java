package io.signalbox.deploy;

@OnServers
class DeadLetterOnServersIT extends DeadLetterIT {}
