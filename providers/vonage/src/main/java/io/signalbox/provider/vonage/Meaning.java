package io.signalbox.provider.vonage;

import io.signalbox.spi.ReasonClass;
import io.signalbox.spi.ReceiptStatus;

/** What a status of Vonage means in our words. */
record Meaning(ReceiptStatus status, ReasonClass reason) {}
