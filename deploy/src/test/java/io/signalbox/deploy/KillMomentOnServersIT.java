package io.signalbox.deploy;

@OnServers
class KillMomentOnServersIT extends KillMomentIT {}
