package io.signalbox.gateway.config;

import io.signalbox.gateway.config.HttpSettings.Place;
import io.signalbox.gateway.config.HttpSettings.Tls;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Other providers' APIs, by which applications that use their SDKs come in.
 *
 * @param dialects the names of those that are spoken
 * @param hosts names of this server whose requests are in a dialect, in lower case, with it
 * @param ports ports of their own
 * @param refusesUnknownSenders whether mails are refused from whose sender no provider that this
 *     node knows may send; otherwise they wait for one
 * @param transparent where dialects answer in their providers' names; empty: nowhere
 */
public record CompatSettings(
    Set<String> dialects,
    Map<String, String> hosts,
    List<Port> ports,
    boolean refusesUnknownSenders,
    Optional<Transparent> transparent) {
  /** Copies the collections. */
  public CompatSettings {
    dialects = Set.copyOf(dialects);
    hosts = Map.copyOf(hosts);
    ports = List.copyOf(ports);
  }

  /**
   * A port that speaks one dialect.
   *
   * @param place what is listened on
   * @param dialect its name
   */
  public record Port(Place place, String dialect) {}

  /**
   * Where applications that cannot be changed come in.
   *
   * @param place what is listened on
   * @param tls a certificate of the providers' host names
   */
  public record Transparent(Place place, Tls tls) {}
}
