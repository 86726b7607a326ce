package io.signalbox.gateway.bus;

/**
 * What travels between nodes of a cluster: deeply immutable records, one sealed family for each
 * conversation, which {@link NodeCodec} writes and reads.
 */
public sealed interface NodeMessage
    permits PeerMessages.PeerMessage,
        NodePluginMessages.NodePluginMessage,
        NodeProviderMessages.NodeProviderMessage,
        NodeOperationMessages.NodeOperationMessage {}
