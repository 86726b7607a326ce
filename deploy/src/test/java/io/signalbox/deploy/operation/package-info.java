/** Operations under faults and kills: what was rented and paid against what was told. */
package io.signalbox.deploy.operation;
