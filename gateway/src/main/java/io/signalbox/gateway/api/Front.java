package io.signalbox.gateway.api;

import io.signalbox.gateway.config.HttpSettings.Place;
import io.signalbox.gateway.tls.CertificateWatch;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A port that is listened on.
 *
 * @param surface what it serves
 * @param place where it is
 * @param dialect the name of the one that is spoken; empty unless it is of {@link Surface#DIALECT}
 * @param certificate what it shows; null without TLS
 */
record Front(Surface surface, Place place, String dialect, @Nullable CertificateWatch certificate) {

  Front(Surface surface, Place place, @Nullable CertificateWatch certificate) {
    this(surface, place, "", certificate);
  }

  /** What it is called in metrics. */
  String name() {
    String name = surface.name().toLowerCase(Locale.ROOT);
    return dialect.isEmpty() ? name : name + "_" + dialect + "_" + place.port();
  }
}
