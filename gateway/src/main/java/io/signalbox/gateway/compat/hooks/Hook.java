package io.signalbox.gateway.compat.hooks;

import java.util.Optional;

/** A provider's webhooks. Pure and thread-safe. */
interface Hook {
  /** The request that tells it; empty if the provider has no word for it. */
  Optional<HookRequest> request(HookNews news, HookTarget target);
}
