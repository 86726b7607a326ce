package io.signalbox.deploy.cluster;

import io.signalbox.deploy.CommandRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A network namespace for each node, all on one bridge, at whose own address is what they share.
 * Two nodes are cut from each other by isolating their ports of the bridge: frames between isolated
 * ports are dropped, those to the bridge and to other ports are not. Linux, root and the command ip
 * are needed.
 */
final class Namespaces implements NodeNetwork {
  private final String name;
  private final String subnet;
  private final int nodes;

  private Namespaces(String name, String subnet, int nodes) {
    this.name = name;
    this.subnet = subnet;
    this.nodes = nodes;
  }

  /** Why this machine cannot have them; empty if it can. */
  static Optional<String> obstacle() {
    Namespaces probe = new Namespaces(name() + "p", freeSubnet(), 1);
    try {
      probe.make();
      return Optional.empty();
    } catch (IllegalStateException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      probe.close();
    }
  }

  static Namespaces open(int nodes) {
    Namespaces made = new Namespaces(name(), freeSubnet(), nodes);
    try {
      made.make();
      return made;
    } catch (IllegalStateException e) {
      made.close();
      throw e;
    }
  }

  /** Removes all that this process has made and did not close, as far as there are any. */
  static void removeOwn() {
    CommandRun.shell(
        "for n in $(ip netns list 2>/dev/null | cut -d ' ' -f 1 | grep -E '^"
            + name()
            + "p?-[0-9]+$'); do ip netns del $n; done;"
            + " for l in "
            + name()
            + " "
            + name()
            + "p; do ip link del $l 2>/dev/null; done");
  }

  private static String name() {
    return "sb" + ProcessHandle.current().pid();
  }

  private static String freeSubnet() {
    String used = CommandRun.shell("ip -4 -o addr || true").out();
    return IntStream.rangeClosed(1, 250)
        .mapToObj(each -> "10.213." + each + ".")
        .filter(each -> !used.contains(each))
        .findFirst()
        .orElseThrow();
  }

  private void make() {
    run("ip link add " + name + " type bridge");
    run("ip addr add " + servicesHost() + "/24 dev " + name);
    run("ip link set " + name + " up");
    for (int node = 0; node < nodes; node++) {
      run("ip netns add " + namespace(node));
      run("ip link add " + port(node) + " type veth peer name eth0 netns " + namespace(node));
      run("ip link set " + port(node) + " master " + name + " up");
      String within = "ip -n " + namespace(node) + " ";
      run(within + "addr add " + nodeHost(node) + "/24 dev eth0");
      run(within + "link set eth0 up");
      run(within + "link set lo up");
      isolate(node, false);
    }
  }

  private void isolate(int node, boolean wanted) {
    run("ip link set dev " + port(node) + " type bridge_slave isolated " + (wanted ? "on" : "off"));
  }

  private String namespace(int node) {
    return name + "-" + node;
  }

  private String port(int node) {
    return name + "v" + node;
  }

  @Override
  public String servicesHost() {
    return subnet + "1";
  }

  @Override
  public String nodeHost(int node) {
    return subnet + (11 + node);
  }

  @Override
  public List<String> prefix(int node) {
    return List.of("ip", "netns", "exec", namespace(node));
  }

  @Override
  public boolean canCut() {
    return true;
  }

  @Override
  public void cut(int one, int other) {
    isolate(one, true);
    isolate(other, true);
  }

  @Override
  public void heal(int one, int other) {
    isolate(one, false);
    isolate(other, false);
  }

  @Override
  public void close() {
    for (int node = 0; node < nodes; node++) {
      // Its end of the pair goes with it.
      CommandRun.shell("ip netns del " + namespace(node));
    }
    CommandRun.shell("ip link del " + name);
  }

  private static void run(String command) {
    CommandRun run = CommandRun.shell(command);
    if (run.exitCode() != 0) {
      throw new IllegalStateException(command + ": " + run.err().strip());
    }
  }
}
