package io.signalbox.deploy;

@OnServers
class OperatorWishesOnServersIT extends OperatorWishesIT {}
