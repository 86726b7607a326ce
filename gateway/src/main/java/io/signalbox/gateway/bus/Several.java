package io.signalbox.gateway.bus;

import java.util.List;

/** Messages that go to the same address together; whoever listens there is told each of them. */
record Several(List<? extends LocalMessage> messages) implements LocalMessage {}
