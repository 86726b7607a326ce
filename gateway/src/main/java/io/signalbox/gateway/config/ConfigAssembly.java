package io.signalbox.gateway.config;

/** Puts the values of all keys into the records that the rest of the gateway reads. */
final class ConfigAssembly {
  private ConfigAssembly() {}

  static GatewayConfig assemble(ConfigValues v) {
    GatewayConfig.Ledger ledger = LedgerKeys.read(v);
    HttpSettings http = HttpKeys.read(v);
    return new GatewayConfig(
        http,
        CompatKeys.read(v, http),
        DataKeys.read(v),
        PluginsKeys.read(v),
        PoliciesKeys.read(v),
        SandboxKeys.read(v),
        IntakeKeys.read(v),
        ledger,
        PostgresKeys.read(v),
        SpoolKeys.read(v),
        RedisKeys.read(v),
        QueueKeys.read(v),
        ClusterKeys.read(v, ledger.engine() == GatewayConfig.Ledger.Engine.POSTGRES),
        DispatchKeys.read(v),
        UnknownKeys.read(v),
        LookupKeys.read(v),
        NumbersKeys.read(v),
        BookingKeys.read(v),
        OperationKeys.read(v),
        BreakerKeys.read(v),
        ScoringKeys.read(v),
        DegradationKeys.read(v),
        WebhooksKeys.read(v),
        CallbacksKeys.read(v),
        RetentionKeys.read(v),
        SecurityKeys.read(v),
        QuotaKeys.read(v),
        LogKeys.read(v),
        TracingKeys.read(v));
  }
}
