package io.signalbox.deploy;

@OnServers
class DegradationOnServersIT extends DegradationIT {}
