package io.signalbox.spi.intake;

/** What verticles hand to the gateway that runs in the same Vert.x instance. */
public sealed interface IntakeRequest permits SendNotification, TemplatedNotification {}
