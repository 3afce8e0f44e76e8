using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>
/// The only thing a transport accepts: a message together with the stored decision that allows it. There is one factory, and a
/// test knows its one caller.
/// </summary>
public sealed class AuthorizedMessage
{
    private AuthorizedMessage(Guid decisionId, Guid tenantId, ComposedMessage message) =>
        (DecisionId, TenantId, Message) = (decisionId, tenantId, message);

    public Guid DecisionId { get; }

    public Guid TenantId { get; }

    public ComposedMessage Message { get; }

    internal static AuthorizedMessage From(GateDecision storedAllow, Guid tenantId, ComposedMessage message)
    {
        if (!string.Equals(storedAllow.Outcome, GateDecision.Allow, StringComparison.Ordinal) || storedAllow.SendId != message.SendId)
            throw new InvalidOperationException("Only the decision that allows this very send authorises its message.");
        return new AuthorizedMessage(storedAllow.Id, tenantId, message);
    }
}
