package io.signalbox.gateway.bus;

import io.signalbox.gateway.bus.BreakerMessages.BreakerMessage;
import io.signalbox.gateway.bus.CallbackMessages.CallbackMessage;
import io.signalbox.gateway.bus.DrillMessages.DrillMessage;
import io.signalbox.gateway.bus.ExplainMessages.ExplainMessage;
import io.signalbox.gateway.bus.HealthMessages.HealthMessage;
import io.signalbox.gateway.bus.OperationMessages.OperationMessage;
import io.signalbox.gateway.bus.PreferenceMessages.PreferenceMessage;
import io.signalbox.gateway.bus.ProviderMessages.ProviderMessage;
import io.signalbox.gateway.bus.RateMessages.RateMessage;
import io.signalbox.gateway.bus.ScoringMessages.ScoringMessage;
import io.signalbox.gateway.bus.WebhookMessages.WebhookMessage;

/**
 * What travels between verticles of one node, by reference: deeply immutable records, one sealed
 * family for each conversation. The values of the SPI's intake and events packages travel the same
 * way.
 */
public sealed interface LocalMessage
    permits WorkMessage,
        DegradationChanged,
        PoliciesChanged,
        ProviderMessage,
        OperationMessage,
        BreakerMessage,
        ScoringMessage,
        HealthMessage,
        RateMessage,
        PreferenceMessage,
        WebhookMessage,
        CallbackMessage,
        DrillMessage,
        ExplainMessage,
        OperationAccepted,
        RentalHint,
        Several {}
