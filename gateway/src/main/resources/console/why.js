// Why a provider stands as it does, in sentences; the first is the most important.

import { ago, number, plural, span, until, words } from "./format.js";

export function standing(provider) {
  const breaker = provider.breaker?.state;
  const severity = provider.failures?.severity;
  if (provider.stage !== "active") return "caution";
  if (breaker === "open" || provider.status === "unavailable") return "danger";
  if (severity === "critical" || provider.breaker?.provider_fault) return "danger";
  if (breaker === "half_open" || provider.status === "degraded" || provider.failures?.degraded) return "caution";
  if (provider.warnings?.length > 0 || provider.last_error) return "caution";
  return provider.health?.attempts > 0 ? "clear" : "idle";
}

export function why(provider) {
  const reasons = [];
  const breaker = provider.breaker ?? {};
  const failures = provider.failures ?? {};
  if (provider.stage !== "active") reasons.push("Draining: it ends what it has and takes nothing new.");
  if (breaker.state === "open") {
    const next = breaker.open_until ? `, next trial in ${until(breaker.open_until)}` : "";
    reasons.push(`Breaker open for ${ago(breaker.since)}${next}: ${breaker.reason}`);
  } else if (breaker.state === "half_open") {
    reasons.push(`Breaker half open for ${ago(breaker.since)}, on trial: ${breaker.reason}`);
  }
  if (failures.failures_last_minute > 0) {
    const kinds = Object.entries(failures.kinds ?? {}).sort((a, b) => b[1] - a[1])
      .map(([kind, count]) => `${number(count)} ${words(kind)}`).join(", ");
    reasons.push(`${number(failures.failures_last_minute)} of ${plural(failures.attempts_last_minute, "attempt")} failed in the last minute${kinds ? ": " + kinds : ""}`);
  }
  if (provider.last_error) reasons.push(`Version ${provider.last_error.plugin_version} did not take over: ${provider.last_error.reason}`);
  reasons.push(...(provider.warnings ?? []));
  for (const [channel, score] of Object.entries(provider.scores ?? {})) {
    const delivery = score.delivery ?? {};
    if (delivery.judged >= 10 && delivery.delivered_share < 0.8) {
      reasons.push(`Only ${Math.round(delivery.delivered_share * 100)} % of ${number(delivery.judged)} on ${channel} were delivered in time`);
    }
  }
  const health = provider.health;
  if (reasons.length === 0 && health?.attempts > 0) {
    reasons.push(`${health.success_rate.toFixed(health.success_rate === 100 ? 0 : 1)} % of the last ${number(health.attempts)} succeeded, ${span(health.avg_response_time_ms)} each`);
  }
  if (reasons.length === 0) reasons.push("Nothing was sent over it yet.");
  return reasons;
}
