package io.signalbox.gateway.config;

/** Puts the values of all keys into the records that the rest of the gateway reads. */
final class ConfigAssembly {
  private ConfigAssembly() {}

  static GatewayConfig assemble(ConfigValues v) {
    return new GatewayConfig(
        new GatewayConfig.Http(
            v.get(ConfigKeys.HTTP_HOST),
            v.get(ConfigKeys.HTTP_PORT),
            v.get(ConfigKeys.HTTP_INSTANCES),
            v.get(ConfigKeys.HTTP_DRAIN_TIMEOUT)),
        new GatewayConfig.Data(v.get(ConfigKeys.DATA_DIR)),
        new GatewayConfig.Plugins(
            v.get(ConfigKeys.PLUGINS_DIR), v.get(ConfigKeys.PLUGINS_ALLOWED_SHA256)),
        new GatewayConfig.Sandbox(
            v.get(ConfigKeys.SANDBOX_ENABLED),
            v.get(ConfigKeys.SANDBOX_PORT),
            v.get(ConfigKeys.SANDBOX_URL),
            v.get(ConfigKeys.SANDBOX_PROVIDERS_DIR)),
        new GatewayConfig.Intake(
            v.get(ConfigKeys.INTAKE_BACKLOG_LIMIT),
            v.get(ConfigKeys.INTAKE_MIN_FREE_DISK_BYTES),
            v.get(ConfigKeys.INTAKE_BATCH_LIMIT),
            v.get(ConfigKeys.INTAKE_BATCH_BYTES)),
        new GatewayConfig.Ledger(
            v.get(ConfigKeys.LEDGER_MAX_COMMIT_BATCH),
            v.get(ConfigKeys.LEDGER_MAX_WAITING_CHANGES),
            v.get(ConfigKeys.LEDGER_MAX_WAITING_BYTES)),
        new GatewayConfig.Dispatch(
            v.get(ConfigKeys.DISPATCH_LANE_WINDOW),
            v.get(ConfigKeys.DISPATCH_LANE_WINDOW_BYTES),
            v.get(ConfigKeys.DISPATCH_MAX_IN_FLIGHT),
            v.get(ConfigKeys.DISPATCH_SWEEP_INTERVAL),
            v.get(ConfigKeys.DISPATCH_MAX_ROUNDS),
            v.get(ConfigKeys.DISPATCH_RETRY_BASE),
            v.get(ConfigKeys.DISPATCH_RETRY_MAX),
            v.get(ConfigKeys.DISPATCH_WINDOW)),
        new GatewayConfig.Unknown(
            v.get(ConfigKeys.UNKNOWN_FAILOVER_AFTER), v.get(ConfigKeys.UNKNOWN_WAIT_FOR)),
        new GatewayConfig.Lookup(
            v.get(ConfigKeys.LOOKUP_RATE_PER_SECOND),
            v.get(ConfigKeys.LOOKUP_TIMEOUT),
            v.get(ConfigKeys.LOOKUP_UNKNOWN_AFTER),
            v.get(ConfigKeys.LOOKUP_RECEIPT_AFTER)),
        new GatewayConfig.Breaker(
            v.get(ConfigKeys.BREAKER_FAILURE_THRESHOLD),
            v.get(ConfigKeys.BREAKER_FAILURE_RATE),
            v.get(ConfigKeys.BREAKER_MINIMUM_CALLS),
            v.get(ConfigKeys.BREAKER_WINDOW),
            v.get(ConfigKeys.BREAKER_RECOVERY_TIMEOUT),
            v.get(ConfigKeys.BREAKER_MAX_RECOVERY_TIMEOUT),
            v.get(ConfigKeys.BREAKER_SUCCESSES_TO_CLOSE),
            v.get(ConfigKeys.BREAKER_HALF_OPEN_TRIALS)),
        new GatewayConfig.Scoring(
            v.get(ConfigKeys.SCORING_POLICY),
            v.get(ConfigKeys.SCORING_STRATEGY),
            v.get(ConfigKeys.SCORING_WINDOW),
            v.get(ConfigKeys.SCORING_EXPLORATION),
            v.get(ConfigKeys.SCORING_MAX_RESPONSE_TIME),
            v.get(ConfigKeys.SCORING_MIN_SUCCESS_RATE),
            v.get(ConfigKeys.SCORING_PUBLISH_INTERVAL)),
        new GatewayConfig.Webhooks(
            v.get(ConfigKeys.WEBHOOKS_PUBLIC_URL),
            Math.toIntExact(v.get(ConfigKeys.WEBHOOKS_MAX_BODY_BYTES)),
            v.get(ConfigKeys.WEBHOOKS_MAX_BYTES_UNDER_WAY),
            v.get(ConfigKeys.WEBHOOKS_BODY_TIMEOUT),
            v.get(ConfigKeys.WEBHOOKS_RETENTION),
            v.get(ConfigKeys.WEBHOOKS_RETENTION_INTERVAL)),
        new GatewayConfig.Callbacks(
            v.get(ConfigKeys.CALLBACKS_ALLOW_HTTP),
            v.get(ConfigKeys.CALLBACKS_ALLOWED_NETWORKS),
            v.get(ConfigKeys.CALLBACKS_TIMEOUT),
            v.get(ConfigKeys.CALLBACKS_RETRY_DELAYS),
            v.get(ConfigKeys.CALLBACKS_CONCURRENCY),
            v.get(ConfigKeys.CALLBACKS_DISABLE_AFTER),
            v.get(ConfigKeys.CALLBACKS_SECRET_OVERLAP),
            v.get(ConfigKeys.CALLBACKS_RETENTION)),
        new GatewayConfig.Security(
            v.get(ConfigKeys.SECURITY_JWT_KEY_FILE), v.get(ConfigKeys.SECURITY_TOKEN_TTL)),
        new GatewayConfig.Log(v.get(ConfigKeys.LOG_LEVEL), v.get(ConfigKeys.LOG_FORMAT)));
  }
}
