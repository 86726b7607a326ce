package io.signalbox.gateway.cluster;

import com.hazelcast.cluster.Cluster;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import com.hazelcast.core.HazelcastInstanceNotActiveException;
import io.signalbox.gateway.bus.NodeBus;
import io.signalbox.gateway.config.ClusterSettings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This gateway as a node of the cluster. It has a clustered Vert.x instance of its own, so that the
 * gateway's own traffic never leaves the node and costs what it did. Thread-safe.
 */
public final class ClusterNode {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterNode.class);

  private final Vertx vertx;
  private final Cluster cluster;
  private final String id;
  private final NodeBus bus;
  private final Context home;
  private final List<Consumer<ClusterMember>> joined = new CopyOnWriteArrayList<>();
  private final List<Consumer<ClusterMember>> left = new CopyOnWriteArrayList<>();
  private volatile List<ClusterMember> members;

  private ClusterNode(Vertx vertx, Cluster cluster, String id, Context home) {
    this.vertx = vertx;
    this.cluster = cluster;
    this.id = id;
    this.home = home;
    this.bus = new NodeBus(vertx, id, home);
    this.members = read(cluster.getMembers());
  }

  /**
   * Joins the nodes that can be reached, or founds a cluster that others join.
   *
   * @param home where handlers of the gateway are called
   * @return fails if it cannot listen where the settings say
   */
  public static Future<ClusterNode> join(ClusterSettings settings, Context home) {
    String id = UUID.randomUUID().toString();
    HazelcastClusterManager manager =
        new HazelcastClusterManager(HazelcastSetup.config(settings, id));
    Promise<ClusterNode> here = Promise.promise();
    Vertx.builder()
        .with(BusSetup.options(settings))
        .withClusterManager(manager)
        .buildClustered()
        .map(
            vertx -> {
              Cluster cluster = manager.getHazelcastInstance().getCluster();
              ClusterNode node = new ClusterNode(vertx, cluster, id, home);
              cluster.addMembershipListener(node.new Watch());
              node.look();
              return node;
            })
        .onComplete(result -> home.runOnContext(go -> here.handle(result)));
    return here.future();
  }

  /** Hears of members on Hazelcast's threads. */
  private final class Watch implements MembershipListener {
    @Override
    public void memberAdded(MembershipEvent event) {
      look();
      ClusterMember member = member(event.getMember());
      LOG.info("node {} has joined; {} are there", member.address(), members.size());
      tell(joined, member);
    }

    @Override
    public void memberRemoved(MembershipEvent event) {
      look();
      ClusterMember member = member(event.getMember());
      LOG.info("node {} has left; {} are there", member.address(), members.size());
      tell(left, member);
    }
  }

  private void tell(Collection<Consumer<ClusterMember>> listeners, ClusterMember member) {
    home.runOnContext(go -> listeners.forEach(each -> each.accept(member)));
  }

  private void look() {
    try {
      members = read(cluster.getMembers());
    } catch (HazelcastInstanceNotActiveException e) {
      LOG.debug("members were looked for while this node leaves", e);
    }
  }

  private static List<ClusterMember> read(Collection<Member> all) {
    List<ClusterMember> members = new ArrayList<>();
    all.forEach(each -> members.add(member(each)));
    return List.copyOf(members);
  }

  private static ClusterMember member(Member member) {
    String node = member.getAttribute(HazelcastSetup.NODE);
    return new ClusterMember(
        node == null ? member.getUuid().toString() : node,
        member.getAddress().getHost() + ":" + member.getAddress().getPort(),
        member.localMember());
  }

  /** Id of this node. */
  public String id() {
    return id;
  }

  /** How the nodes talk. */
  public NodeBus bus() {
    return bus;
  }

  /** All nodes, the eldest first. */
  public List<ClusterMember> members() {
    return members;
  }

  /** The other nodes, the eldest first. */
  public List<ClusterMember> peers() {
    return members.stream().filter(member -> !member.self()).toList();
  }

  /** Whether a node is there. */
  public boolean has(String node) {
    return members.stream().anyMatch(member -> member.id().equals(node));
  }

  /** Calls back on the home context when a node has joined. */
  public void onJoined(Consumer<ClusterMember> listener) {
    joined.add(listener);
  }

  /** Calls back on the home context when a node has left, or counts as gone. */
  public void onLeft(Consumer<ClusterMember> listener) {
    left.add(listener);
  }

  /** Leaves the cluster. What this node answers must have been unregistered before. */
  public Future<Void> leave() {
    bus.end();
    Promise<Void> here = Promise.promise();
    vertx.close().onComplete(result -> home.runOnContext(go -> here.handle(result)));
    return here.future();
  }
}
