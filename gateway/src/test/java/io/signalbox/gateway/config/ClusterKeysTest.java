package io.signalbox.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterKeysTest {
  private static final Map<String, String> SHARED_LEDGER = Map.of("ledger.engine", "postgres");

  private static List<String> mistakes(Map<String, String> values) {
    return catchThrowableOfType(
            ConfigurationException.class,
            () -> ConfigLoader.load(Optional.empty(), Map.of(), values))
        .mistakes()
        .stream()
        .map(ConfigMistake::toString)
        .toList();
  }

  @Test
  void isOffAndListensOnlyAtHomeByDefault() {
    ClusterSettings settings = ConfigLoader.load(Optional.empty(), Map.of(), Map.of()).cluster();
    assertThat(settings.enabled()).isFalse();
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.kubernetes()).isEmpty();
    assertThat(settings.tls()).isEmpty();
  }

  @Test
  void providersAreSharedOverAnEncryptedBusOrWhereThatIsWanted() {
    Map<String, String> tls =
        Map.of(
            "cluster.tls_cert_file", "node.crt",
            "cluster.tls_key_file", "node.key",
            "cluster.tls_ca_file", "ca.crt");
    Map<String, String> wanted = Map.of("cluster.share_providers", "true");
    Map<String, String> unwanted = Map.of("cluster.share_providers", "false");
    assertThat(sharesProviders(SHARED_LEDGER)).isFalse();
    assertThat(sharesProviders(both(SHARED_LEDGER, tls))).isTrue();
    assertThat(sharesProviders(both(SHARED_LEDGER, wanted))).isTrue();
    assertThat(sharesProviders(both(SHARED_LEDGER, both(tls, unwanted)))).isFalse();
    assertThat(sharesProviders(tls)).as("receipts would come to another ledger").isFalse();
    assertThat(mistakes(both(tls, wanted)))
        .singleElement()
        .asString()
        .contains("cluster.share_providers", "ledger.engine postgres");
  }

  private static Map<String, String> both(Map<String, String> some, Map<String, String> more) {
    Map<String, String> all = new HashMap<>(some);
    all.putAll(more);
    return all;
  }

  private static boolean sharesProviders(Map<String, String> values) {
    return ConfigLoader.load(Optional.empty(), Map.of(), values).cluster().sharesProviders();
  }

  @Test
  void readsAddressesOfNodes() {
    String members = "10.0.0.1:5701, node-2.example:5702, [fd00::1]:5701";
    assertThat(
            ConfigLoader.load(Optional.empty(), Map.of(), Map.of("cluster.members", members))
                .cluster()
                .members())
        .containsExactly("10.0.0.1:5701", "node-2.example:5702", "[fd00::1]:5701");
    for (String wrong : List.of("10.0.0.1", "10.0.0.1:0", "10.0.0.1:70000", "a b:1")) {
      assertThat(mistakes(Map.of("cluster.members", wrong)))
          .singleElement()
          .asString()
          .contains("cluster.members", "must be a list of addresses with ports");
    }
  }

  @Test
  void halfOfWhatBelongsTogetherIsAMistake() {
    assertThat(mistakes(Map.of("cluster.tls_key_file", "node.key")))
        .singleElement()
        .asString()
        .contains("cluster.tls_cert_file", "cluster.tls_ca_file");
    assertThat(
            mistakes(
                Map.of("cluster.kubernetes_service_dns", "a", "cluster.kubernetes_service", "b")))
        .singleElement()
        .asString()
        .contains("cluster.kubernetes_service_dns must be empty");
  }
}
