using Microsoft.Extensions.Options;

namespace Plura.Adapters;

/// <summary>Of mail that somebody takes for us.</summary>
public sealed class InboundSignature(IOptions<InboundOptions> options, TimeProvider clock) : PostSignature(options.Value.Secret, clock);
