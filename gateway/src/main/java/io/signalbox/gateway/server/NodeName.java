package io.signalbox.gateway.server;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** What this gateway process is called where several share a ledger. */
final class NodeName {
  private NodeName() {}

  /** The machine's name and the process's number there. */
  static String ofThisProcess() {
    return host() + ":" + ProcessHandle.current().pid();
  }

  private static String host() {
    String container = System.getenv("HOSTNAME");
    if (container != null && !container.isBlank()) {
      return container;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }
}
